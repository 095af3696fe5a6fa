"""Reading an export that nobody vouches for, a zip or a folder: nothing is unpacked by its own name, or without end."""

import contextlib
import hashlib
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import msgspec

from capas.files import UserError
from capas.submission import MAX_BYTES, ZIP_ERRORS

MAX_ENTRIES = 20_000
MAX_TOTAL = 2**30
RUBBISH = {"__MACOSX", ".ipynb_checkpoints", "__pycache__", ".git"}
RUBBISH_FILES = {"Thumbs.db", "desktop.ini"}
# One and the same for all of them: it is refused for its size, whatever is in it.
TOO_LARGE = bytes(MAX_BYTES + 1)


class Item(msgspec.Struct, frozen=True):
    """A file of the export: its name with folders, its contents, or why these could not be had."""

    name: str
    data: bytes = b""
    problem: str = ""

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
        names = [path.relative_to(export).as_posix() for path in sorted(export.rglob("*")) if path.is_file()]
        return [name for name in names if not _is_rubbish(name)]
    try:
        with zipfile.ZipFile(export) as archive:
            return [_name(info) for info in _infos(archive)]
    except ZIP_ERRORS:
        return []


def read_items(export: Path) -> Iterator[Item]:
    """Yield the files of the export, none larger than a submission may be.

    Raises:
        UserError: when it cannot be opened, or holds more files than any class hands in.
    """
    if export.is_dir():
        yield from _folder_items(export)
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
            name = _name(info)
            if total > MAX_TOTAL:
                yield Item(name, TOO_LARGE, "the zip unpacks to more than 1 GB; this and what follows was not read")
                continue
            try:
                with archive.open(info) as file:
                    data = file.read(MAX_BYTES + 1)
            except ZIP_ERRORS as error:
                yield Item(name, b"", f"it cannot be read from the zip ({type(error).__name__}: {_one_line(error)})")
                continue
            total += len(data)
            yield Item(name, TOO_LARGE if len(data) > MAX_BYTES else data)


def _folder_items(folder: Path) -> Iterator[Item]:
    for name in list_names(folder):
        path = folder / name
        if path.is_symlink():
            yield Item(name, b"", "it is a link to another file, which is not followed")
        elif path.stat().st_size > MAX_BYTES:
            yield Item(name, TOO_LARGE)
        else:
            yield Item(name, path.read_bytes())


def _infos(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return [info for info in archive.infolist() if not info.is_dir() and not _is_rubbish(info.filename)]


def _is_rubbish(name: str) -> bool:
    path = PurePosixPath(name)
    return bool(RUBBISH.intersection(path.parts)) or path.name in RUBBISH_FILES or path.name.startswith(".")


def _name(info: zipfile.ZipInfo) -> str:
    """Return the name of an entry; Canvas writes UTF-8 without saying so, which Python takes for an old code page."""
    name = info.filename
    if not info.flag_bits & 0x800:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return name.encode("utf-8", "replace").decode()


def _one_line(error: object) -> str:
    return " ".join(str(error).split())[:120]
