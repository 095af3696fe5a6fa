"""Several files that one student handed in are one submission: they are read as the zip of them."""

import io
import time
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

import msgspec

from capas.submission.archive import FIRST_DAY, ZipEntry
from capas.submission.disk import DiskFile
from capas.submission.model import MAX_BYTES, Unreadable
from capas.submission.names import as_text

MAX_GROUP_BYTES = 2 * MAX_BYTES
_OLDEST, _NEWEST = (1980, 1, 1, 0, 0, 0), (2107, 12, 31, 23, 59, 58)
_ALIKE_SECONDS = 120.0
"""Files written within so short a time were copied, or unpacked; that does not tell which was worked on last."""


class FileOfGroup(NamedTuple):
    """One of the files: its path among them, its bytes, and when it was written last in seconds, 0 if not known.

    ``turn`` counts them as they were handed in, where that is known: it tells the last where times do not.
    """

    path: str
    data: bytes
    modified: float = 0.0
    turn: int = 0


class FileGroup(msgspec.Struct, frozen=True, tag=True):
    """Where the files of one submission are, each by its path among them, the one that it is named for first.

    Where they ``are_numbered`` they stand as they were handed in, and their times are those of unpacking.
    """

    files: tuple[tuple[str, DiskFile | ZipEntry], ...]
    are_numbered: bool = False

    def read(self) -> bytes:
        """Return the zip of the files, without those that cannot be read, nor those beyond what a submission may be.

        Raises:
            Unreadable: when none can be read.
        """
        found: list[FileOfGroup] = []
        left = MAX_GROUP_BYTES
        problem = Unreadable("damaged")
        for turn, (path, file) in enumerate(self.files):
            try:
                data = file.read()
                if len(data) <= left:
                    known = (0.0, turn) if self.are_numbered else (file.modified(), 0)
                    found.append(FileOfGroup(path, data, *known))
                    left -= len(data)
            except Unreadable as error:
                problem = error
        if not found:
            raise problem
        return packed(found)


def distinct_paths(files: Sequence[tuple[PurePosixPath, str]]) -> list[str]:
    """Return a path for each file, its own, given its number; of equal ones the last keeps it."""
    taken: set[str] = set()
    paths = []
    for count, (path, number) in enumerate(reversed(files), 1):
        name = str(path) if path.parts else "file"
        while name.casefold() in taken:
            name = f"{number or count}/{name}"
        taken.add(name.casefold())
        paths.append(name)
    return paths[::-1]


def packed(files: Iterable[FileOfGroup]) -> bytes:
    """Return the zip of ``files``, the same bytes for the same files."""
    by_path = {as_text(file.path): file for file in files}
    times = [file.modified for file in by_path.values()]
    are_alike = max(times, default=0.0) - min(times, default=0.0) < _ALIKE_SECONDS
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for path in sorted(by_path):
            file = by_path[path]
            when = _as_turn(file.turn) if are_alike or not file.modified else _as_date(file.modified)
            archive.writestr(zipfile.ZipInfo(path, when), file.data, zipfile.ZIP_DEFLATED, 1)
    return data.getvalue()


def _as_turn(turn: int) -> tuple[int, int, int, int, int, int]:
    """Return the date by which `modified_at` knows a turn; a zip counts in steps of two seconds."""
    year, month, day, hour, minute, second = time.gmtime(FIRST_DAY + 2 * turn)[:6]
    return year, month, day, hour, minute, second


def _as_date(seconds: float) -> tuple[int, int, int, int, int, int]:
    try:
        year, month, day, hour, minute, second = time.gmtime(seconds)[:6]
    except (ValueError, OverflowError, OSError):
        return _OLDEST
    return min(max((year, month, day, hour, minute, second), _OLDEST), _NEWEST)
