"""What the tests of sandboxes share: limits, a call, and a look at processes."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from capas.sandbox import Limits, Sandbox

# Long enough for the slowest machine; what is meant to be cut short uses SHORT.
LONG = Limits(load_seconds=60, call_seconds=60)
SHORT = Limits(load_seconds=60, call_seconds=0.5)

Start = Callable[..., Sandbox]


def call(sandbox: Sandbox, function: str, *arguments: Any, **keywords: Any) -> Any:
    return sandbox.call(function, arguments, keywords)


def running(pid: int) -> bool:
    """Tell whether there is such a process, other than one that has ended and waits to be forgotten."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def ends(pid: int) -> bool:
    """Tell whether a process that was killed ends, which takes the kernel a moment."""
    patience = time.monotonic() + 30
    while running(pid) and time.monotonic() < patience:
        time.sleep(0.01)
    return not running(pid)


IDENTITY = "def f(*arguments, **keywords):\n    return (*arguments, keywords) if keywords else arguments"
