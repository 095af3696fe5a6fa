"""By what one sandbox could tell another what it has seen, and from which level on that is closed."""

from capas.sandbox.layers import MAX_LEVEL

NEVER = MAX_LEVEL + 1

CLOSED_FROM = {
    "record locks": 4,
    "locks of open files": 4,
    "locks of whole files": 4,
    "waiting at places in files": 4,
    "parts of files in memory": NEVER,
    "times of access": 5,
    "status flags of /dev/null": 0,
    "places in open files": 0,
    "numbers of processes": 5,
    "threads that /proc counts": 5,
    "numbers of files": 5,
    "links of folders": 0,
    "files that anybody may write": 3,
    "shared memory": 4,
    "semaphores": 4,
    "sockets by name": 3,
    "the machine's name": 2,
}
"""The first level at which each channel is closed every way: later, to a neighbour, and to the next run.

Proved by `tests/attacks/test_channels.py`; docs/security.md tells the ways apart.
"""


def open_channels(level: int) -> list[str]:
    """Return the names of the channels that are not closed every way at ``level``."""
    return [name for name, first in CLOSED_FROM.items() if first > level]
