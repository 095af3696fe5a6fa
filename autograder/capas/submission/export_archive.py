"""Reading an export that nobody vouches for, a zip or a folder: nothing is unpacked by its own name, or without end."""

import hashlib
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath

import msgspec

from capas.files import UserError
from capas.submission import MAX_BYTES, DiskFile, Unreadable, problem_text
from capas.submission.archive import ZIP_ERRORS, is_folder, modified_at, read_entry
from capas.submission.disk import list_folder
from capas.submission.names import as_path, entry_name, is_skipped
from capas.submission.reading import entries_of_zip

MAX_ENTRIES = 20_000
MAX_TOTAL_BYTES = 2**30
# One and the same for all of them: it is refused for its size, whatever is in it.
TOO_LARGE = bytes(MAX_BYTES + 1)


class Item(msgspec.Struct, frozen=True):
    """A file of the export: its name with folders, its contents, or why these could not be had.

    ``modified`` is when it was written last, in seconds; 0 where that is not known.
    """

    name: str
    data: bytes = b""
    problem: str = ""
    modified: float = 0.0

    @property
    def path(self) -> PurePosixPath:
        """The name as a path; it is looked at only, never opened."""
        return PurePosixPath(self.name)

    @property
    def sha256(self) -> str:
        """The hash of the contents."""
        return hashlib.sha256(self.data).hexdigest()


def list_names(export: Path) -> list[str]:
    """Return the names in the export, without what systems leave behind; none when it is no zip and no folder."""
    if export.is_dir():
        return _names(export)
    # A file that a student handed in may be what is asked about.
    paths = [path for path, _ in entries_of_zip(str(export))]
    return [str(path) for path in paths if path.parts and not is_skipped(path)]


def read_items(export: Path) -> Iterator[Item]:
    """Yield the files of the export, none larger than a submission may be.

    Raises:
        UserError: when it cannot be opened, or holds more files than any class hands in.
    """
    if export.is_dir():
        for name in _names(export):
            file = DiskFile(str(export), name)
            yield _item(name, file.read, file.modified())
        return
    if not export.is_file():
        raise UserError(f"{export} does not exist; give the zip that your platform made of the submissions")
    try:
        archive = zipfile.ZipFile(export)
    except ZIP_ERRORS:
        raise UserError(f"{export} cannot be opened as a zip; download it again") from None
    with archive:
        infos = _infos(archive)
        if len(infos) > MAX_ENTRIES:
            raise UserError(f"{export} holds {len(infos)} files; expected the submissions of one assignment")
        total = 0
        for info in infos:
            if total > MAX_TOTAL_BYTES:
                problem = "the zip unpacks to more than 1 GB; this and what follows was not read"
                yield Item(entry_name(info), TOO_LARGE, problem)
                continue
            item = _item(entry_name(info), partial(read_entry, archive, info), modified_at(info))
            total += len(item.data)
            yield item


def _item(name: str, read: Callable[[], bytes], modified: float) -> Item:
    try:
        return Item(name, read(), modified=modified)
    except Unreadable as error:
        if error.problem == "too_large":
            return Item(name, TOO_LARGE)
        return Item(name, b"", problem_text("en", error.problem, error.values))
    except ZIP_ERRORS as error:
        return Item(name, b"", f"it cannot be read from the zip ({type(error).__name__}: {_one_line(error)})")


def _names(folder: Path) -> list[str]:
    try:
        return list_folder(folder)
    except OSError as error:
        raise UserError(f"{folder} cannot be read: {error.strerror}; give a folder that you may list") from None


def _infos(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return [info for info in archive.infolist() if not is_folder(info) and not is_skipped(as_path(entry_name(info)))]


def _one_line(error: object) -> str:
    return " ".join(str(error).split())[:120]
