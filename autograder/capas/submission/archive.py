"""Zips that nobody vouches for, and a class's zip. Nothing is unpacked by its own name."""

import calendar
import lzma
import os
import stat
import zipfile
import zlib
from functools import lru_cache
from pathlib import PurePosixPath

import msgspec

from capas.submission.disk import open_regular
from capas.submission.model import MAX_BYTES, Unreadable
from capas.submission.names import as_path, entry_name

OPEN_ARCHIVES = 4
FIRST_DAY, KNOWN_SINCE = 315_532_800.0, 347_155_200.0
"""The first days of 1980, before which a zip has no dates, and of 1981: a date between them says no time."""
ZIP_ERRORS = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, ValueError, RuntimeError, MemoryError),
    IndexError,  # an entry without a name
)
"""What reading a broken zip may end with, a `NotImplementedError` being a `RuntimeError`."""


class ZipEntry(msgspec.Struct, frozen=True, tag=True):
    """An entry of a class's zip: where the zip is, and the entry's index and name in its directory.

    The index tells entries of one name apart; the name, as Python reads it, that the zip is still the same.
    """

    archive: str
    index: int
    name: str

    def read(self) -> bytes:
        """Return the entry's bytes.

        Raises:
            Unreadable: for links, for what is too large, and for what cannot be read.
        """
        try:
            archive = _open_here(self.archive)
            info = archive.infolist()[self.index]
            if info.orig_filename != self.name:
                raise Unreadable("damaged")
            return read_entry(archive, info)
        except ZIP_ERRORS:
            raise Unreadable("damaged") from None

    def modified(self) -> float:
        """Return when it was written last, in seconds; 0 where that cannot be had."""
        try:
            return modified_at(_open_here(self.archive).infolist()[self.index])
        except (*ZIP_ERRORS, Unreadable):
            return 0.0


def modified_at(info: zipfile.ZipInfo) -> float:
    """Return when an entry was written last, in seconds; where nobody says, a small number: 0, or one by its turn.

    A zip's first day is as good as none; the seconds after it may count the files.
    """
    try:
        modified = float(calendar.timegm((*info.date_time, 0, 0, 0)))
    except (ValueError, OverflowError):
        return 0.0
    return modified if modified > KNOWN_SINCE else max(modified - FIRST_DAY, 0.0)


def _open_here(path: str) -> zipfile.ZipFile:
    """Return a zip that this process opened, kept open: its directory is long, and read for every entry otherwise."""
    status = os.stat(path)
    return _opened(path, status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


@lru_cache(OPEN_ARCHIVES)
def _opened(path: str, *_state: int) -> zipfile.ZipFile:
    return zipfile.ZipFile(os.fdopen(open_regular(path), "rb"))


if hasattr(os, "register_at_fork"):
    # Both sides of a fork would read by one file offset, and each get pieces of what the other asked for.
    os.register_at_fork(after_in_child=_opened.cache_clear)


def zip_entries(path: str) -> list[tuple[PurePosixPath, ZipEntry]]:
    """Return the files in a zip by their paths in it; none when it is no zip."""
    try:
        infos = _open_here(path).infolist()
    except (*ZIP_ERRORS, Unreadable):
        return []
    files = [(index, info) for index, info in enumerate(infos) if not is_folder(info)]
    return [(as_path(entry_name(info)), ZipEntry(path, index, info.orig_filename)) for index, info in files]


def is_folder(info: zipfile.ZipInfo) -> bool:
    """Tell whether an entry is a folder, also where its separators are those of Windows."""
    return info.orig_filename.endswith(("/", "\\")) or stat.S_ISDIR(info.external_attr >> 16)


def read_entry(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int = MAX_BYTES) -> bytes:
    """Return the bytes of one entry; no more than ``most`` is unpacked, whatever its header claims.

    Raises:
        Unreadable: when it is a link, no file at all, or too large.
        Exception: one of `ZIP_ERRORS`, when it cannot be read.
    """
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind == stat.S_IFLNK:
        raise Unreadable("link")
    if kind not in (0, stat.S_IFREG):
        raise Unreadable("not_a_file")
    with archive.open(info) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise Unreadable("too_large")
    return data
