"""Interrupting code that runs too long, from inside its process."""

import signal
import threading
import time
import types
from collections.abc import Callable
from typing import Any

REPEAT_SECONDS = 0.05
"""How often code that swallows its interruption is interrupted again."""


class Interrupted(BaseException):
    """The time of a cell is used up."""


class Alarm:
    """Interrupts code that runs too long, where the system has signals for that; elsewhere whoever waits ends it.

    Args:
        patience: how many times its time may pass while the processor works for others.
    """

    def __init__(self, patience: float = 1.0) -> None:
        self._armed = False
        self._patience = patience
        self._seconds = self._begin = self._worked = 0.0
        self._works = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
        if self._works:
            signal.signal(signal.SIGALRM, self._interrupt)

    def _interrupt(self, _number: int, _frame: types.FrameType | None) -> None:
        if not self._armed:
            return
        to_work = self._seconds - (time.process_time() - self._worked)
        to_wait = self._patience * self._seconds - (time.monotonic() - self._begin)
        if to_work <= 0 or to_wait <= 0 or self._patience <= 1:
            raise Interrupted
        signal.setitimer(signal.ITIMER_REAL, max(min(to_work, to_wait), REPEAT_SECONDS), REPEAT_SECONDS)

    def interrupt_after(self, seconds: float, action: Callable[[], None]) -> BaseException | None:
        """Run ``action`` and return the exception that ended it, `Interrupted` when its time was up, None if none."""
        if seconds <= 0:
            return Interrupted()
        try:
            try:
                if self._works:
                    self._seconds, self._begin, self._worked = seconds, time.monotonic(), time.process_time()
                    self._armed = True
                    signal.setitimer(signal.ITIMER_REAL, seconds, REPEAT_SECONDS)
                action()
            finally:
                self._armed = False
                if self._works:
                    signal.setitimer(signal.ITIMER_REAL, 0.0)
        except BaseException as error:  # a failing cell does not stop the next, nor does exit()
            self._armed = False
            if self._works:
                signal.setitimer(signal.ITIMER_REAL, 0.0)
            return error
        return None

    def paused(self, action: Callable[[], Any]) -> Any:
        """Do something that takes nothing of the time of what is running now."""
        if not self._works:
            return action()
        armed, self._armed = self._armed, False
        left, _ = signal.setitimer(signal.ITIMER_REAL, 0.0)
        begin, seconds, worked = self._begin, self._seconds, self._worked
        paused, idle = time.monotonic(), time.process_time()
        try:
            return action()
        finally:
            self._seconds = seconds
            self._begin = begin + time.monotonic() - paused
            self._worked = worked + time.process_time() - idle
            self._armed = armed
            if left:
                signal.setitimer(signal.ITIMER_REAL, left, REPEAT_SECONDS)
