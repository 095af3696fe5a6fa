"""What was given back to whom, on disk before and after Canvas hears of it.

A line for every step, synced: a run that was killed at any moment tells the next one what may have happened.
"""

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Literal

import msgspec

from capas.files import UserError

try:
    import fcntl
except ImportError:  # not on Windows; two runs at once are not noticed there
    fcntl = None

LEDGER = "canvas-ledger.jsonl"


class Record(msgspec.Struct, frozen=True, omit_defaults=True):
    """One step for one student: the file is uploaded, the change is asked for, is there, is undone."""

    canvas: str
    course: int
    assignment: int
    user: int
    attempt: int
    hash: str
    state: Literal["uploaded", "asked", "done", "undone"]
    file: int = 0
    progress: int = 0
    score: float | None = None

    def key(self) -> tuple[str, int, int, int, int, str]:
        """Return what it is about."""
        return self.canvas, self.course, self.assignment, self.user, self.attempt, self.hash


class Ledger:
    """The ledger in a folder, held by one process at a time. Use it as a context manager.

    Raises:
        UserError: when another run holds it.
    """

    def __init__(self, folder: Path):
        path = folder / LEDGER
        self._file: BinaryIO = path.open("a+b")
        if fcntl is not None:
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                self._file.close()
                raise UserError(f"another capas canvas push is at work on {folder}; wait for it") from None
        self._last = read_ledger(folder)
        if path.stat().st_size and not path.read_bytes().endswith(b"\n"):
            self._file.write(b"\n")

    def add(self, records: list[Record]) -> None:
        """Keep records: after this returns they survive a power cut."""
        self._file.write(b"".join(msgspec.json.encode(record) + b"\n" for record in records))
        self._file.flush()
        os.fsync(self._file.fileno())
        for record in records:
            self._last.pop(record.key(), None)  # in the order in which they came
            self._last[record.key()] = record

    def last(self, key: tuple[str, int, int, int, int, str]) -> Record | None:
        """Return the last step that was taken about ``key``."""
        return self._last.get(key)

    def asked(self, assignment: int) -> list[Record]:
        """Return what was asked for in an assignment, and is not known to be there."""
        return [record for record in self._last.values() if record.state == "asked" and record.assignment == assignment]

    def scores(self, canvas: str, course: int, assignment: int) -> dict[int, float | None]:
        """Return, by user, the score that was given last in an assignment and is there as far as is known."""
        return given_scores(self._last, canvas, course, assignment)

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _: TracebackType | None
    ) -> None:
        self._file.close()


def read_ledger(folder: Path) -> dict[tuple[str, int, int, int, int, str], Record]:
    """Return the last record of everything in the ledger; a line that was cut off counts for nothing."""
    path = folder / LEDGER
    records = {}
    for line in path.read_bytes().splitlines() if path.is_file() else ():
        with contextlib.suppress(msgspec.MsgspecError):
            record = msgspec.json.decode(line, type=Record)
            records.pop(record.key(), None)
            records[record.key()] = record
    return records


def given_scores(
    records: Mapping[tuple[str, int, int, int, int, str], Record], canvas: str, course: int, assignment: int
) -> dict[int, float | None]:
    """Return, by user, the score that the last of ``records`` in an assignment says that they got."""
    return {
        record.user: record.score if record.state == "done" else None
        for record in records.values()
        if (record.canvas, record.course, record.assignment) == (canvas, course, assignment)
        and record.state in ("done", "undone")
    }
