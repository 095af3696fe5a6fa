"""What `capas verify` is doing, told at least every two seconds: on the last line of a terminal, else a line each."""

import threading
import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.status import Status

from capas.verify.watcher import Watcher

EVERY_SECONDS = 1.5
"""A line is late where the machine is busy; so it is meant earlier than it must come."""


class ProofProgress(Watcher):
    """Tells what is being done for how long, and how far it is. Use it as a context manager for each stage.

    Args:
        console: where it is told.
        stage: the stage's id.
    """

    def __init__(self, console: Console, stage: str):
        self._console = console
        self._stage = stage
        self._step, self._count, self._done, self._since = "", 0, 0, time.monotonic()
        self._status: Status | None = None
        self._telling = threading.Lock()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._tell_on, daemon=True)

    def begins(self, step: str, count: int = 0) -> None:
        """Tell that a step begins."""
        with self._telling:
            self._step, self._count, self._done, self._since = step, count, 0, time.monotonic()
            self._console.print(f"{self._stage}: {step}{f' on {count} submissions' if count else ''} …", markup=False)

    def done(self) -> None:
        """Count one more submission."""
        self._done += 1

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._status = self._console.status("")
            self._status.start()
        self._thread.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _traceback: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()
        if self._status:
            self._status.stop()

    def _tell_on(self) -> None:
        while not self._ended.wait(EVERY_SECONDS):
            with self._telling:
                self._tell()

    def _tell(self) -> None:
        if not self._step:
            return
        of = f"{self._done} of {self._count}, " if self._count else ""
        text = f"{self._stage}: {self._step}: {of}{time.monotonic() - self._since:.0f} s"
        if self._status:
            self._status.update(text)
        else:
            self._console.print(text, markup=False)
