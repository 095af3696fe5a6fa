"""The folders that programs may write in: how full they may get, and their end.

A program may have left anything there: folders a thousand levels deep, which no path can name and no recursion
can follow, a million empty files, permissions that shut us out.
"""

import contextlib
import itertools
import os
import shutil
import tempfile

MAX_BYTES = 64 * 2**20
ENTRY_BYTES = 4096
"""What a file or a folder counts beside its contents."""


def max_bytes() -> int:
    """Return how much a program may write."""
    return MAX_BYTES


def is_too_large(folder: str, room: int = 0) -> bool:
    """Tell whether ``folder`` holds more than a program may write, or something that we cannot look into.

    The bytes of what was put there before are the ``room`` that it has besides.
    """
    total, waiting = 0, [folder]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    total += ENTRY_BYTES + _bytes_of(entry)
                    if total > MAX_BYTES + room:
                        return True
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
        except FileNotFoundError:
            continue
        except OSError:  # a path too long, a folder closed to us
            return True
    return False


def _bytes_of(entry: "os.DirEntry[str]") -> int:
    try:
        status = entry.stat(follow_symlinks=False)
    except FileNotFoundError:
        return 0
    return getattr(status, "st_blocks", status.st_size // 512) * 512


def remove(folder: str) -> None:
    """Remove ``folder``, after the programs that wrote there have ended. What cannot be removed stays."""
    with contextlib.suppress(OSError):
        os.rmdir(folder)
    if not os.path.exists(folder):
        return
    with contextlib.suppress(OSError):
        _remove_level_by_level(folder)
    with contextlib.suppress(RecursionError):
        shutil.rmtree(folder, ignore_errors=True)


def _remove_level_by_level(folder: str) -> None:
    """Bring every folder up to the top before looking into it, so that no path gets long."""
    attic = tempfile.mkdtemp(dir=os.path.dirname(folder))
    names = itertools.count()

    def bring_up(path: str) -> str:
        with contextlib.suppress(OSError):
            os.chmod(path, 0o700)  # or its owner could not move it
        top = os.path.join(attic, str(next(names)))
        os.rename(path, top)
        return top

    waiting = [bring_up(folder)]
    while waiting:
        present = waiting.pop()
        with os.scandir(present) as entries:
            found = list(entries)
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                waiting.append(bring_up(entry.path))
            else:
                os.unlink(entry.path)
        os.rmdir(present)
    os.rmdir(attic)
