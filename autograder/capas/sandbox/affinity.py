"""Keeping a grader and its sandbox on one core of the machine.

They never work at the same time: each waits for the other's answer. On two cores every answer wakes a core up,
which takes longer than most functions that students write.
"""

import os

from capas.sandbox import kernel


class OneCore:
    """Holds this thread on the core it is on, from the first `take` until as many calls of `leave`."""

    def __init__(self) -> None:
        self._holders = 0
        self._before: set[int] = set()
        self._core: int | None = None

    def take(self) -> int | None:
        """Return the core that a sandbox should share with this thread; None where that cannot be chosen."""
        self._holders += 1
        if self._holders == 1 and kernel.IS_LINUX:
            try:
                self._before = os.sched_getaffinity(0)
                self._core = kernel.present_core()
                os.sched_setaffinity(0, {self._core})
            except OSError:
                self._core = None
        return self._core

    def leave(self) -> None:
        """Let the thread go where it could before, once all have left."""
        self._holders -= 1
        if self._holders == 0 and self._core is not None:
            self._core = None
            os.sched_setaffinity(0, self._before)
