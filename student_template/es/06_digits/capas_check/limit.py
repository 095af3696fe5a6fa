"""Ends code that runs too long, from a thread beside it: that needs no signals, which Windows has not."""

import contextlib
import functools
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

CAN_LIMIT = sys.platform not in ("emscripten", "wasi")  # in the browser there are no threads
CASE_SECONDS, LOAD_SECONDS, REPEAT_SECONDS, MAX_REPEATS = 5.0, 10.0, 0.1, 100

Value = TypeVar("Value")


class TookTooLong(BaseException):
    """The time is used up. No Exception, so that `except Exception` in a student's loop does not catch it."""

    kind = "timeout"


def run_limited(seconds: float, action: Callable[[], Value]) -> Value:
    """Return what ``action`` returns; TookTooLong when that takes too long. With 0 seconds there is no limit.

    Code that catches even this is told again, for a while. What waits outside of Python ends its wait first.
    """
    if not seconds or not CAN_LIMIT:
        return action()
    from ctypes import c_ulong, py_object, pythonapi

    thread, stop, gone = c_ulong(threading.get_ident()), threading.Lock(), list[bool]()
    stop.acquire()

    def watch() -> None:
        wait = seconds
        for _ in range(MAX_REPEATS):
            if stop.acquire(timeout=wait):
                break
            pythonapi.PyThreadState_SetAsyncExc(thread, py_object(TookTooLong))
            wait = REPEAT_SECONDS
        gone.append(True)

    def end() -> None:
        # It may be interrupted at any step, and is then done again: nothing here can be left half done.
        if stop.locked() and not gone:
            with contextlib.suppress(RuntimeError):
                stop.release()
        while watcher.ident is not None and not gone:
            time.sleep(0.0001)
        pythonapi.PyThreadState_SetAsyncExc(thread, None)

    watcher = threading.Thread(target=watch, daemon=True)
    try:
        try:
            watcher.start()
            return action()
        finally:
            end()
    except BaseException:  # it may have come in `end` itself
        end()
        raise


def stopped_function(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return what stands for a function that did not end: each call of it has used up its time."""

    def stopped(*_arguments: Any, **_keywords: Any) -> Any:
        raise TookTooLong

    return functools.update_wrapper(stopped, function)
