"""The journal of a folder of results: every result is a line in it, and on the disk, before it is anywhere else.

A line is ``CHECK KEY RESULT``: the result as JSON, the grading key it was made with (``-`` where that is not known),
and the first 16 hexadecimal digits of the SHA-256 of the rest of the line. Lines that were cut off, changed, glued
together or are not even text have another checksum and are nobody's. Of two lines of a submission the last counts.
"""

import contextlib
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import BinaryIO, NamedTuple, overload

import msgspec

from capas.files import sync_folder, write_atomically
from capas.grading.result import Result

UNKNOWN_KEY = "-"
_CHECK_LENGTH = 16


class JournalLine(NamedTuple):
    """A result, and the grading key it was made with."""

    key: str
    result: Result


def encode_line(line: JournalLine) -> bytes:
    """Return the bytes of a line, with the end of the line."""
    rest = line.key.encode() + b" " + msgspec.json.encode(line.result) + b"\n"
    return _check(rest) + b" " + rest


def decode_line(data: bytes) -> JournalLine | None:
    """Return what a line says, or None when it is not whole."""
    check, _, rest = data.partition(b" ")
    if not rest.endswith(b"\n") or check != _check(rest):
        return None
    key, _, encoded = rest.partition(b" ")
    with contextlib.suppress(msgspec.MsgspecError, UnicodeDecodeError):
        return JournalLine(key.decode(), msgspec.json.decode(encoded, type=Result))
    return None


def _check(rest: bytes) -> bytes:
    return hashlib.sha256(rest).hexdigest()[:_CHECK_LENGTH].encode()


def read_lines(path: Path) -> Iterator[bytes]:
    """Yield the lines of a journal as they are, whole or not; none where there is no file."""
    if path.is_file():
        with path.open("rb") as file:
            yield from file


class Origin(NamedTuple):
    """Of which file a result is, with what key it was made, and at which level of isolation."""

    key: str
    sha256: str
    file: str
    level: int
    folder: str


class Journal(Sequence[Result]):
    """The results in a journal, in order of submission, read when asked for; in memory is only where each is.

    Args:
        path: the file, which need not be there.
    """

    def __init__(self, path: Path):
        self._path = path
        self._places: dict[str, tuple[int, int]] = {}
        self.origins: dict[str, Origin] = {}
        """Where each result comes from, by submission."""
        self.spoiled = 0
        """How many lines were not whole, but for a last one that was cut off when its writer was killed."""

    def find(self) -> None:
        """Look which lines the file has."""
        place = 0
        for data in read_lines(self._path):
            line = decode_line(data)
            if line is not None:
                self._note(line, place, len(data))
            elif data.endswith(b"\n"):
                self.spoiled += 1
            place += len(data)

    def _note(self, line: JournalLine, place: int, length: int) -> None:
        result = line.result
        self._places[result.submission] = (place, length)
        self.origins[result.submission] = Origin(
            line.key, result.sha256, result.file, result.isolation.level, result.folder
        )

    def append(self, lines: Iterable[JournalLine]) -> None:
        """Write lines to the end of the file and to the disk.

        Raises:
            OSError: when that fails; what was there before stays.
        """
        created = not self._path.exists()
        with self._path.open("ab") as file:
            for line in lines:
                data = encode_line(line)
                place = file.tell()
                file.write(data)
                self._note(line, place, len(data))
            file.flush()
            os.fsync(file.fileno())
        if created:
            sync_folder(self._path.parent)

    def rewrite(self, without: Set[str] = frozenset(), added: Mapping[str, JournalLine] | None = None) -> None:
        """Write the file anew, in order of submission, so that the same results are the same bytes.

        Args:
            without: submissions that are left out.
            added: lines that come in, by submission.
        """
        lines = {name: encode_line(line) for name, line in (added or {}).items()}
        names = sorted((self._places.keys() - without) | lines.keys())
        places, place = {}, 0
        for name in names:
            length = len(lines[name]) if name in lines else self._places[name][1]
            places[name], place = (place, length), place + length
        write_atomically(self._path, self._data(names, lines))
        for name, line in (added or {}).items():
            self._note(line, *places[name])
        self._places = places
        self.origins = {name: self.origins[name] for name in names}

    def _data(self, submissions: Iterable[str], instead: Mapping[str, bytes] | None = None) -> Iterator[bytes]:
        with contextlib.ExitStack() as stack:
            file: BinaryIO | None = None
            for name in submissions:
                if instead and name in instead:
                    yield instead[name]
                    continue
                file = file or stack.enter_context(self._path.open("rb"))
                place, length = self._places[name]
                file.seek(place)
                yield file.read(length)

    def lines(self, submissions: Iterable[str] | None = None) -> Iterator[JournalLine]:
        """Yield lines, of all submissions in order if none are named."""
        for data in self._data(self.submissions() if submissions is None else submissions):
            line = decode_line(data)
            if line is None:
                raise OSError(f"{self._path} was changed by another program")
            yield line

    def submissions(self) -> list[str]:
        """Return whose results there are, in order."""
        return sorted(self._places)

    def keys(self) -> list[str]:
        """Return the grading keys, in order of submission."""
        return [self.origins[name].key for name in self.submissions()]

    def of(self, submission: str) -> Result:
        """Return the result of one submission."""
        return next(self.lines([submission])).result

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[Result]:
        return (line.result for line in self.lines())

    @overload
    def __getitem__(self, index: int) -> Result: ...
    @overload
    def __getitem__(self, index: slice) -> list[Result]: ...
    def __getitem__(self, index: int | slice) -> Result | list[Result]:
        names = self.submissions()[index]
        return self.of(names) if isinstance(names, str) else [self.of(name) for name in names]
