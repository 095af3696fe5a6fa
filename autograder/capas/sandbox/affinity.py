"""Keeping a grader and its sandbox on one core of the machine.

They never work at the same time: each waits for the other's answer. On two cores every answer wakes a core up,
which takes longer than most functions that students write. Nor does an answer interrupt the sandbox that has more of
them to give: the grader, in no hurry to see the first, is woken up where the sandbox waits (SCHED_BATCH of `sched(7)`).
"""

import contextlib
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
            set_patient(True)
        return self._core

    def leave(self) -> None:
        """Let the thread go where it could before, once all have left."""
        self._holders -= 1
        if self._holders == 0 and self._core is not None:
            self._core = None
            os.sched_setaffinity(0, self._before)
            set_patient(False)


def set_patient(patient: bool) -> None:
    """Let this thread, when it is woken up, wait for others on its core, or not."""
    with contextlib.suppress(OSError):  # whoever gave it another policy meant it
        if os.sched_getscheduler(0) in (os.SCHED_OTHER, os.SCHED_BATCH):
            os.sched_setscheduler(0, os.SCHED_BATCH if patient else os.SCHED_OTHER, os.sched_param(0))
