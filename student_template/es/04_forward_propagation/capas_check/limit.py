"""Ends code that runs too long, from a thread beside it: that needs no signals, which Windows has not."""

import functools
import sys
import threading
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

    thread, lock, ended = c_ulong(threading.get_ident()), threading.Lock(), threading.Event()

    def watch() -> None:
        wait = seconds
        for _ in range(MAX_REPEATS):
            if ended.wait(wait):
                return
            with lock:  # so that it never comes after the end
                if not ended.is_set():
                    pythonapi.PyThreadState_SetAsyncExc(thread, py_object(TookTooLong))
            wait = REPEAT_SECONDS

    def end() -> None:
        with lock:
            ended.set()
            pythonapi.PyThreadState_SetAsyncExc(thread, None)

    threading.Thread(target=watch, daemon=True).start()
    try:
        try:
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
