"""Operations that look at what a function does beside returning: what it prints, the files that it writes.

What is printed meanwhile is not shown. Files are written as ever, in the folder where the program runs, and stay there.
"""

import contextlib
import io
import os
import stat
import time
from collections.abc import Callable, Iterator
from typing import Any

from capas_check.operations import OPERATIONS, Beside

MAX_PRINTED = 20_000
"""Characters that are kept of what is printed; of more is only known that there is more."""
MAX_FILES, MAX_FILE_BYTES, MAX_BYTES = 100, 2**20, 4 * 2**20
"""How many files are looked at, how large each may be and all together; of a larger one only the name is known."""
MAX_LOOKED_AT, MAX_DEPTH, MAX_NAME = 20_000, 4, 200
"""How many files are gone through, in folders how deep; how long a name may be, with its folders."""
TICK_SECONDS = 0.02
"""How long a file system may give files the same time."""

FileState = tuple[int, int, int]


class Listener(io.TextIOBase):
    """Takes what is printed, and keeps the beginning."""

    encoding = "utf-8"

    def __init__(self) -> None:
        self._kept, self._room = list[str](), MAX_PRINTED + 1

    def writable(self) -> bool:
        """Tell that it can be written to."""
        return True

    def write(self, text: str, /) -> int:
        """Take what is printed."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        text = str.__str__(text)  # of a class derived from it, too
        if text and self._room > 0:
            self._kept.append(text[: self._room])
            self._room -= len(self._kept[-1])
        return len(text)

    def text(self) -> str:
        """Return the beginning of all that was printed, one character more than is kept where there is more."""
        return _sendable("".join(self._kept))


def _sendable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")  # half of a character is no text


def printed(function: Callable[..., Any]) -> Callable[..., Beside]:
    """Return what calls ``function`` and notes what it prints, one character more than is kept where there is more."""

    def call_and_listen(*arguments: Any, **keywords: Any) -> Beside:
        listener = Listener()
        with contextlib.redirect_stdout(listener):
            result = function(*arguments, **keywords)
        return Beside(result, [listener.text()])

    return call_and_listen


def written(function: Callable[..., Any]) -> Callable[..., Beside]:
    """Return what calls ``function`` and notes what it prints, and names and contents of the files that it writes.

    Contents are None where they are too large.
    """
    listening = printed(function)

    def call_and_look(*arguments: Any, **keywords: Any) -> Beside:
        folder = os.getcwd()
        before = dict(_files(folder))
        if any(abs(time.time_ns() - state[0]) < TICK_SECONDS * 1e9 for state in before.values()):
            time.sleep(TICK_SECONDS)  # or what is written anew could look untouched
        done = listening(*arguments, **keywords)
        names = sorted(name for name, state in _files(folder) if before.get(name) != state)[: MAX_FILES + 1]
        return Beside(done.result, [*done.noted, list(_with_contents(folder, names))])

    return call_and_look


def _files(folder: str) -> Iterator[tuple[str, FileState]]:
    """Yield the names of the files in ``folder`` and below, from the top, each with what writing it changes.

    Links, pipes and hidden files are left out.
    """
    waiting, count = [("", 0)], 0
    while waiting:
        path, depth = waiting.pop(0)
        try:
            with os.scandir(os.path.join(folder, path)) as entries:
                for entry in entries:
                    count += 1
                    if count > MAX_LOOKED_AT:
                        return
                    if entry.name.startswith((".", "__pycache__")):
                        continue
                    name = f"{path}/{entry.name}" if path else entry.name
                    if entry.is_dir(follow_symlinks=False) and depth < MAX_DEPTH:
                        waiting.append((name, depth + 1))
                    elif entry.is_file(follow_symlinks=False) and len(name) <= MAX_NAME:
                        status = os.stat(entry.path, follow_symlinks=False)
                        yield name, (status.st_mtime_ns, status.st_size, status.st_ino)
        except OSError:  # closed to us, or gone
            continue


def _with_contents(folder: str, names: list[str]) -> Iterator[list[Any]]:
    room = MAX_BYTES
    for name in names:
        data = _contents(os.path.join(folder, name), min(MAX_FILE_BYTES, room))
        room -= len(data or b"")
        yield [_sendable(name), data]


def _contents(path: str, most: int) -> bytes | None:
    """Return what is in a file, None where that is more than ``most`` bytes, or it is no file any more."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        with open(os.open(path, flags), "rb") as file:
            data = file.read(most + 1) if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else None
    except OSError:
        return None
    return data if data is not None and len(data) <= most else None


OPERATIONS.update(printed=printed, written=written)
