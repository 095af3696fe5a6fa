"""Files on a disk that nobody vouches for: no link is followed, and nothing but a regular file is opened."""

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import msgspec

from capas.submission.model import MAX_BYTES, Unreadable
from capas.submission.names import is_skipped

RUN_FILE, JOURNAL_FILE = "run.json", "journal.jsonl"
"""What `capas grade` writes into a folder of results, by which it is known."""
OWN_FOLDERS = {"results", "feedback", "set_aside"}

# Where the system has none of these, as on Windows, nothing takes their place but the look before opening.
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_OPEN_FILE = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)
_OPEN_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)
_BY_FOLDER = os.open in os.supports_dir_fd and os.stat in os.supports_dir_fd


class DiskFile(msgspec.Struct, frozen=True, tag=True):
    """A file: the path that the teacher named, which may be a link, and the name below it, where no part may be."""

    named: str
    inside: str = ""

    def read(self) -> bytes:
        """Return the file's bytes.

        Raises:
            Unreadable: for links, for what is no regular file, and for what is too large or cannot be read.
        """
        try:
            with os.fdopen(self._open(), "rb") as file:
                if os.fstat(file.fileno()).st_size > MAX_BYTES:
                    raise Unreadable("too_large")
                data = file.read(MAX_BYTES + 1)
        except (OSError, ValueError):  # the second for a name with a null in it
            raise Unreadable("damaged") from None
        if len(data) > MAX_BYTES:
            raise Unreadable("too_large")
        return data

    def modified(self) -> float:
        """Return when it was written last, in seconds; 0 where that cannot be had."""
        try:
            return os.lstat(os.path.join(self.named, self.inside)).st_mtime if self.inside else 0.0
        except (OSError, ValueError):
            return 0.0

    def _open(self) -> int:
        if not self.inside:
            return open_regular(self.named)
        if not _BY_FOLDER:
            return self._open_by_path()
        *folders, name = self.inside.split("/")
        folder = os.open(self.named, _OPEN_FOLDER)
        try:
            # From folder to folder: a path may lead through a link that was no link when the files were listed.
            for part in folders:
                _refuse_link(os.stat(part, dir_fd=folder, follow_symlinks=False))
                inner = os.open(part, _OPEN_FOLDER | _NO_FOLLOW, dir_fd=folder)
                os.close(folder)
                folder = inner
            _refuse_all_but_files(os.stat(name, dir_fd=folder, follow_symlinks=False))
            return _regular(os.open(name, _OPEN_FILE | _NO_FOLLOW, dir_fd=folder))
        finally:
            os.close(folder)

    def _open_by_path(self) -> int:
        path = self.named
        for part in self.inside.split("/"):
            path = os.path.join(path, part)
            _refuse_link(os.lstat(path))
        return open_regular(path)


def open_regular(path: str) -> int:
    """Return a descriptor of a regular file, read-only; the path itself may be a link.

    Raises:
        Unreadable: for anything that is not a regular file.
        OSError: when it cannot be opened.
    """
    _refuse_all_but_files(os.stat(path))
    return _regular(os.open(path, _OPEN_FILE))


def _regular(descriptor: int) -> int:
    """Return ``descriptor`` if it is a regular file; what was looked at may have been replaced by something else."""
    try:
        _refuse_all_but_files(os.fstat(descriptor))
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _refuse_all_but_files(found: os.stat_result) -> None:
    _refuse_link(found)
    if not stat.S_ISREG(found.st_mode):
        raise Unreadable("not_a_file")


def _refuse_link(found: os.stat_result) -> None:
    # Windows has a second kind, junctions.
    junction = getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", None)
    if stat.S_ISLNK(found.st_mode) or (junction and getattr(found, "st_reparse_tag", 0) == junction):
        raise Unreadable("link")


def list_folder(folder: Path) -> list[str]:
    """Return the names in a folder and its subfolders, sorted, with ``/`` between folders.

    Links, also those to folders, and all else that is no folder stand there by their own names and are not looked
    into; so do subfolders that cannot be listed. Folders of results of `capas grade` are left out, wherever they are.

    Raises:
        OSError: when the folder itself cannot be listed.
    """
    return sorted(_names(folder, PurePosixPath(), list(os.scandir(folder))))


def _names(folder: Path, inside: PurePosixPath, entries: list[os.DirEntry[str]]) -> Iterator[str]:
    of_results = _is_of_results(entries)
    # A folder inside that has our results is ours; in the one that was named there may be submissions beside them.
    if of_results and inside.parts:
        return
    for entry in entries:
        path = inside / entry.name
        if is_skipped(path) or (of_results and _is_own(entry)):
            continue
        if not entry.is_dir(follow_symlinks=False) or _is_junction(entry):
            yield path.as_posix()
            continue
        try:
            below = list(os.scandir(entry.path))
        except OSError:
            yield path.as_posix()
            continue
        yield from _names(folder, path, below)


def _is_of_results(entries: list[os.DirEntry[str]]) -> bool:
    names = {entry.name: entry for entry in entries}
    if not {RUN_FILE, JOURNAL_FILE} <= set(names):
        return False
    with contextlib.suppress(OSError, Unreadable, msgspec.MsgspecError):
        data = DiskFile(os.path.dirname(names[RUN_FILE].path), RUN_FILE).read()
        return "stage" in msgspec.json.decode(data, type=dict[str, msgspec.Raw])
    return False


def _is_own(entry: os.DirEntry[str]) -> bool:
    return entry.name in OWN_FOLDERS or entry.name.endswith((".json", ".jsonl", ".csv", ".html", ".key"))


def _is_junction(entry: os.DirEntry[str]) -> bool:
    junction = getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", None)
    return bool(junction) and getattr(entry.stat(follow_symlinks=False), "st_reparse_tag", 0) == junction
