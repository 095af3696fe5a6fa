"""Files written whole, folders held by one writer at a time, and what a person is told when something is in the way."""

import contextlib
import errno
import os
import secrets
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

LOCK_FILE = ".lock"
_ENDING = ".new"
_PREFIX_LENGTH = 40
"""Characters of a file's name in that of its temporary file: the longest name allowed still has room for the rest."""
_ABANDONED_SECONDS = 3600.0


class UserError(Exception):
    """Something to put right. The text says what is wrong, where, and what to do, in one line."""


class UserErrors(UserError):
    """Several things to put right in one file, told all at once, a line each."""

    def __init__(self, lines: list[str]):
        super().__init__("\n".join(lines))
        self.lines = lines


def write_atomically(path: Path, data: bytes | Iterable[bytes], sync: bool = True) -> None:
    """Write a file so that at any moment it is either the old one or the new one, whole, however many write it.

    The data goes to a temporary file of a unique name in the same folder, which then takes the file's place. With
    ``sync`` the file and its name have reached the disk when this returns. What killed writers of the same file
    left an hour ago or earlier is removed.

    Args:
        path: the file; folders above it are made.
        data: its bytes, which may be read from the old file while the new one is written.
        sync: whether it has to survive a power cut.

    Raises:
        OSError: when it cannot be written; the old file stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{_prefix(path)}{secrets.token_hex(8)}{_ENDING}")
    try:
        with open(temporary, "xb") as file:
            file.writelines([data] if isinstance(data, bytes) else data)
            if sync:
                file.flush()
                os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    if sync:
        sync_folder(path.parent)
        remove_leftovers(path.parent, path, older_than=_ABANDONED_SECONDS)


def sync_folder(folder: Path) -> None:
    """Bring the names in ``folder`` to the disk, on systems that can (Windows cannot open a folder)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        # Some network file systems cannot; there the server sees to it.
        with contextlib.suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_leftovers(folder: Path, path: Path | None = None, older_than: float = 0.0) -> None:
    """Remove temporary files of writers that were killed.

    Args:
        folder: where they are.
        path: only those of this file.
        older_than: only those not written to for so many seconds; with 0 nobody else may be writing here.
    """
    prefix = "." if path is None else _prefix(path)
    latest = time.time() - older_than
    with contextlib.suppress(FileNotFoundError):
        for entry in os.scandir(folder):
            if entry.name.startswith(prefix) and entry.name.endswith(_ENDING):
                with contextlib.suppress(OSError):
                    if older_than == 0.0 or entry.stat(follow_symlinks=False).st_mtime < latest:
                        os.unlink(entry.path)


def _prefix(path: Path) -> str:
    return f".{path.name[:_PREFIX_LENGTH]}."


@contextlib.contextmanager
def hold(folder: Path) -> Iterator[None]:
    """Be the only writer in ``folder``, which is made, as long as the context lasts.

    The system releases the lock when this process ends, however it ends; processes forked from it do not keep it.

    Raises:
        UserError: when another process holds it, or the folder cannot be written.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / LOCK_FILE, timeout=0, thread_local=False, fallback_to_soft=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise UserError(f"another capas is writing to {folder}; wait for it, or choose another folder") from None
    except (OSError, NotImplementedError) as error:
        raise UserError(f"cannot write to {folder}: {_reason(error)}; what is there stays") from None
    try:
        yield
    finally:
        lock.release()


@contextlib.contextmanager
def told_as_user_error(folder: Path) -> Iterator[None]:
    """Tell what keeps us from writing to ``folder`` (a full disk, a folder of somebody else) in one line.

    Raises:
        UserError: instead of an OSError.
    """
    try:
        yield
    except OSError as error:
        if error.errno == errno.EISDIR:
            place = error.filename2 or error.filename or folder
            raise UserError(
                f"cannot write to {place}: it is a folder; move it away, and run the same command to go on"
            ) from None
        raise UserError(
            f"cannot write to {folder}: {_reason(error)}; what is there stays, run the same command to go on"
        ) from None


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
