"""Interrupting code that runs too long, from inside its process."""

import signal
import threading
import types
from collections.abc import Callable
from typing import Any

REPEAT_SECONDS = 0.05
"""How often code that swallows its interruption is interrupted again."""


class Interrupted(BaseException):
    """The time of a cell is used up."""


class Alarm:
    """Interrupts code that runs too long, where the system has signals for that; elsewhere whoever waits ends it."""

    def __init__(self) -> None:
        self._armed = False
        self._works = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
        if self._works:
            signal.signal(signal.SIGALRM, self._interrupt)

    def _interrupt(self, _number: int, _frame: types.FrameType | None) -> None:
        if self._armed:
            raise Interrupted

    def interrupt_after(self, seconds: float, action: Callable[[], None]) -> BaseException | None:
        """Run ``action`` and return the exception that ended it, `Interrupted` when its time was up, None if none."""
        if seconds <= 0:
            return Interrupted()
        try:
            try:
                if self._works:
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
        try:
            return action()
        finally:
            self._armed = armed
            if left:
                signal.setitimer(signal.ITIMER_REAL, left, REPEAT_SECONDS)
