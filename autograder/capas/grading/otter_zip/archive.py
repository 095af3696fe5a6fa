"""The files in an `autograder.zip`, which may be broken, or made to harm."""

import stat
import zipfile
from pathlib import Path, PurePosixPath

from capas.files import UserError
from capas.submission import ZIP_ERRORS

MAX_ENTRIES = 5_000
MAX_BYTES = 400 * 2**20
"""Of all files unpacked."""
NOT_READ = ("__MACOSX/",)


def files_in(path: Path) -> dict[str, bytes]:
    """Return the files in a zip by their names in it.

    Raises:
        UserError: when it cannot be read, or holds what no bundle holds.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            entries = [entry for entry in entries if not entry.filename.startswith(NOT_READ)]
            _refuse(path, entries)
            return {entry.filename: archive.read(entry) for entry in entries}
    except FileNotFoundError:
        raise UserError(f"{path} does not exist; give the autograder.zip that otter assign made") from None
    except ZIP_ERRORS as error:
        raise UserError(f"{path} is no zip, or broken ({error}); make it again with otter assign") from None


def _refuse(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES:
        raise UserError(
            f"{path} holds {len(entries)} files, more than {MAX_ENTRIES}; leave out what grading does not need"
        )
    size = sum(entry.file_size for entry in entries)
    if size > MAX_BYTES:
        raise UserError(
            f"{path} unpacks to {size // 2**20} MB, more than {MAX_BYTES // 2**20}; "
            "leave out data that grading does not need"
        )
    seen: set[str] = set()
    for entry in entries:
        name = PurePosixPath(entry.filename)
        if name.is_absolute() or ".." in name.parts or "\\" in entry.filename or ":" in name.parts[0]:
            raise UserError(f"{path}: `{entry.filename}` leads out of the zip; make it again with otter assign")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise UserError(f"{path}: `{entry.filename}` is a link; put the file itself there")
        if entry.filename in seen:
            raise UserError(f"{path} holds `{entry.filename}` twice; make it again with otter assign")
        seen.add(entry.filename)
