"""The results of a run on disk, so that a run killed at any moment loses nothing and can go on.

Every result is first a line at the end of `journal.jsonl`, synced to the disk, then a file of its own. A run
that starts again reads the journal, writes the files that are missing, and grades the rest. A line that was
cut off in the middle is graded again.
"""

import contextlib
import os
from collections.abc import Iterable, Iterator, Sequence, Set
from pathlib import Path
from typing import BinaryIO, NamedTuple, overload

import msgspec

from capas.files import UserError, hold, told_as_user_error, write_atomically
from capas.results import Result, encode_result, grades_csv

RESULTS, JOURNAL, RUN_FILE, GRADES_FILE = "results", "journal.jsonl", "run.json", "grades.csv"


class Run(msgspec.Struct, frozen=True):
    """What decides the results in a folder; results of another run are not taken up again."""

    stage: str
    digest: str
    language: str
    capas: str


class Kept(NamedTuple):
    """Of which file a result is that is there already."""

    sha256: str
    file: str


class Journal:
    """The output folder of a run, held by one process at a time. Use it as a context manager.

    Its ``results`` can be read as long as the folder is there, also when it is held no more.

    Args:
        out: the folder.
        run: what this run is.
        fresh: forget what is there.

    Raises:
        UserError: when the folder holds another stage's results, is in use, or cannot be written.
    """

    def __init__(self, out: Path, run: Run, fresh: bool):
        self._out = out
        self.results = StoredResults(out / JOURNAL)
        with contextlib.ExitStack() as stack:
            stack.enter_context(hold(out))
            with told_as_user_error(out):
                (out / RESULTS).mkdir(exist_ok=True)
                self.kept = self._take_up(run, fresh)
            self._held = stack.pop_all()

    def _take_up(self, run: Run, fresh: bool) -> dict[str, Kept]:
        """Return what of an earlier run is still good, by submission."""
        path = self._out / RUN_FILE
        try:
            old = msgspec.json.decode(path.read_bytes(), type=Run) if path.is_file() else None
        except msgspec.MsgspecError:
            raise UserError(f"{path} is not of this program; choose another --out, or remove it") from None
        if old is not None and old.stage != run.stage:
            raise UserError(f"{self._out} holds results of {old.stage}; choose another --out for {run.stage}")
        if not fresh and old == run:
            self.results.find()
        # The journal goes first: should we be killed here, nothing old can be taken for new.
        self.results.rewrite(set(self.results.submissions()))
        kept = {}
        for result in self.results:
            kept[result.submission] = Kept(result.sha256, result.file)
            self._write_file(result)
        self._remove_others(set(kept))
        if old != run:
            write_atomically(path, msgspec.json.encode(run) + b"\n")
        return kept

    def add(self, results: list[Result]) -> None:
        """Keep results: after this returns they survive a power cut.

        Raises:
            UserError: when the disk is full or gone; what was added before stays.
        """
        with told_as_user_error(self._out):
            self.results.append(results)
            for result in results:
                self._write_file(result)

    def finish(self, submissions: Set[str], questions: list[str]) -> None:
        """Write `grades.csv`, and the journal in order, so that every run of the same ends with the same bytes.

        Args:
            submissions: whose results are wanted; those of others go.
            questions: the columns.
        """
        with told_as_user_error(self._out):
            self._remove_others(submissions)
            self.results.rewrite(submissions)
            write_atomically(self._out / GRADES_FILE, grades_csv(self.results, questions))

    def _remove_others(self, submissions: Set[str]) -> None:
        for file in (self._out / RESULTS).glob("*.json"):
            if file.stem not in submissions:
                file.unlink()

    def _write_file(self, result: Result) -> None:
        path = self._out / RESULTS / f"{result.submission}.json"
        data = encode_result(result)
        if not (path.is_file() and path.read_bytes() == data):
            write_atomically(path, data, sync=False)

    def __enter__(self) -> "Journal":
        return self

    def __exit__(self, *_exception: object) -> None:
        self._held.close()


class StoredResults(Sequence[Result]):
    """Results in a file, one a line, read when asked for, in order of submission. In memory is only where each is."""

    def __init__(self, path: Path):
        self._path = path
        self._places: dict[str, tuple[int, int]] = {}

    def submissions(self) -> list[str]:
        """Return whose results there are, in order."""
        return sorted(self._places)

    def find(self) -> None:
        """Look what the file has; of two results of a submission the last counts, and no line that was cut off."""
        if not self._path.is_file():
            return
        with self._path.open("rb") as file:
            place = 0
            for line in file:
                with contextlib.suppress(msgspec.MsgspecError):
                    self._places[msgspec.json.decode(line, type=Result).submission] = (place, len(line))
                place += len(line)

    def append(self, results: Iterable[Result]) -> None:
        """Write results to the end of the file and to the disk."""
        with self._path.open("ab") as file:
            for result in results:
                line = _line(result)
                self._places[result.submission] = (file.tell(), len(line))
                file.write(line)
            file.flush()
            os.fsync(file.fileno())

    def rewrite(self, submissions: Set[str]) -> None:
        """Write the file anew, in order, with the results of ``submissions`` only."""
        wanted = [name for name in self.submissions() if name in submissions]
        places, place = {}, 0
        for name in wanted:
            length = self._places[name][1]
            places[name], place = (place, length), place + length
        write_atomically(self._path, self._lines(wanted))
        self._places = places

    def _lines(self, submissions: Iterable[str]) -> Iterator[bytes]:
        with contextlib.ExitStack() as stack:
            file: BinaryIO | None = None
            for name in submissions:
                file = file or stack.enter_context(self._path.open("rb"))
                place, length = self._places[name]
                file.seek(place)
                yield file.read(length)

    def of(self, submission: str) -> Result:
        """Return the result of one submission."""
        return _result(*self._lines([submission]))

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[Result]:
        return map(_result, self._lines(self.submissions()))

    @overload
    def __getitem__(self, index: int) -> Result: ...
    @overload
    def __getitem__(self, index: slice) -> list[Result]: ...
    def __getitem__(self, index: int | slice) -> Result | list[Result]:
        names = self.submissions()[index]
        return self.of(names) if isinstance(names, str) else [self.of(name) for name in names]


def _line(result: Result) -> bytes:
    return msgspec.json.encode(result) + b"\n"


def _result(line: bytes) -> Result:
    return msgspec.json.decode(line, type=Result)
