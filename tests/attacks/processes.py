"""The processes of this machine, and those that a test looks for."""

import contextlib
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path


def processes() -> Iterator[tuple[int, str]]:
    """Yield every process with its command line, but for those that have ended and wait to be forgotten."""
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            with contextlib.suppress(OSError):
                if line := (path / "cmdline").read_bytes().decode(errors="replace"):
                    yield int(path.name), line


def children_of(pid: int) -> set[int]:
    return {int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}


def state_of(pid: int) -> str:
    """Return the letter that Linux has for what a process does."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def stay(is_meant: Callable[[int, str], bool], patience: float = 3.0) -> bool:
    """Tell whether a process that is meant is still there ``patience`` seconds later, and end it."""
    begin = time.monotonic()
    while left := [pid for pid, line in processes() if is_meant(pid, line)]:
        if time.monotonic() - begin > patience:
            for pid in left:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            return True
        time.sleep(0.02)
    return False
