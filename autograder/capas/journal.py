"""The results of a run on disk, so that a run killed at any moment loses nothing and can go on.

Every result is first a line at the end of `journal.jsonl`, synced to the disk, then a file of its own. A run
that starts again reads the journal, writes the files that are missing, and grades the rest. A line that was
cut off in the middle is graded again.
"""

import contextlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from capas.errors import UserError
from capas.results import Result, encode_result, grades_csv, write_beside

try:
    import fcntl
except ImportError:  # not on Windows; two runs at once are not noticed there
    fcntl = None

RESULTS, JOURNAL, RUN_FILE, GRADES_FILE, LOCK = "results", "journal.jsonl", "run.json", "grades.csv", ".lock"


class Run(msgspec.Struct, frozen=True):
    """What decides the results in a folder; results of another run are not taken up again."""

    stage: str
    digest: str
    language: str
    capas: str


class Journal:
    """The output folder of a run, held by one process at a time. Use it as a context manager.

    Args:
        out: the folder.
        run: what this run is.
        fresh: forget what is there.

    Raises:
        UserError: when the folder holds another stage's results, is in use, or cannot be written.
    """

    def __init__(self, out: Path, run: Run, fresh: bool):
        self._out = out
        with _told_as_user_error(out):
            (out / RESULTS).mkdir(parents=True, exist_ok=True)
            self._lock = _lock(out)
            try:
                self.kept = self._take_up(run, fresh)
                self._file: BinaryIO = (out / JOURNAL).open("ab")
            except BaseException:
                self._lock.close()
                raise

    def _take_up(self, run: Run, fresh: bool) -> dict[str, Result]:
        """Return the results of an earlier run that are still good, by submission."""
        path = self._out / RUN_FILE
        try:
            old = msgspec.json.decode(path.read_bytes(), type=Run) if path.is_file() else None
        except msgspec.MsgspecError:
            raise UserError(f"{path} is not of this program; choose another --out, or remove it") from None
        if old is not None and old.stage != run.stage:
            raise UserError(f"{self._out} holds results of {old.stage}; choose another --out for {run.stage}")
        kept = {} if fresh or old != run else {result.submission: result for result in self._read()}
        # The journal goes first: should we be killed here, nothing old can be taken for new.
        self._write_journal(kept.values())
        for file in (self._out / RESULTS).glob("*.json"):
            if file.stem not in kept:
                file.unlink()
        for result in kept.values():
            self._write_file(result)
        if old != run:
            write_beside(path, msgspec.json.encode(run) + b"\n")
        return kept

    def _read(self) -> Iterator[Result]:
        path = self._out / JOURNAL
        for line in path.read_bytes().splitlines() if path.is_file() else ():
            with contextlib.suppress(msgspec.MsgspecError):
                yield msgspec.json.decode(line, type=Result)

    def _write_journal(self, results: Iterable[Result]) -> None:
        lines = [msgspec.json.encode(result) + b"\n" for result in sorted(results, key=lambda r: r.submission)]
        write_beside(self._out / JOURNAL, b"".join(lines))

    def add(self, results: list[Result]) -> None:
        """Keep results: after this returns they survive a power cut.

        Raises:
            UserError: when the disk is full or gone; what was added before stays.
        """
        with _told_as_user_error(self._out):
            self._file.write(b"".join(msgspec.json.encode(result) + b"\n" for result in results))
            self._file.flush()
            os.fsync(self._file.fileno())
            for result in results:
                self._write_file(result)

    def finish(self, results: list[Result], questions: list[str]) -> None:
        """Write `grades.csv`, and the journal in order, so that every run of the same ends with the same bytes."""
        with _told_as_user_error(self._out):
            wanted = {result.submission for result in results}
            for file in (self._out / RESULTS).glob("*.json"):
                if file.stem not in wanted:
                    file.unlink()
            write_beside(self._out / GRADES_FILE, grades_csv(results, questions))
            self._write_journal(results)

    def _write_file(self, result: Result) -> None:
        path = self._out / RESULTS / f"{result.submission}.json"
        data = encode_result(result)
        if not (path.is_file() and path.read_bytes() == data):
            write_beside(path, data, sync=False)

    def __enter__(self) -> "Journal":
        return self

    def __exit__(self, *_exception: object) -> None:
        with contextlib.suppress(OSError):
            self._file.close()
        self._lock.close()


def _lock(out: Path) -> BinaryIO:
    lock = (out / LOCK).open("wb")
    if fcntl is not None:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            raise UserError(f"another capas grade is writing to {out}; wait for it, or choose another --out") from None
    return lock


@contextlib.contextmanager
def _told_as_user_error(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UserError(
            f"cannot write to {out}: {error.strerror or error}; what is there stays, run the same command to go on"
        ) from None
