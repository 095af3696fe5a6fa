"""Helpers of a test file are worked out once for the same plain data, however many submissions are judged.

Most of the time of a case goes into its oracle: exact fractions, complex steps. What it is for the same
numbers does not change from student to student. A helper that is given anything else (a student's function, a
finished call, a generator of random numbers) is called anew each time.
"""

import contextlib
import copy
import functools
import struct
import types
from collections.abc import Callable
from typing import Any

import numpy as np

MAX_REMEMBERED_CALLS = 2_000
"""Results kept a helper; the cases of a stage make far fewer."""


def memoize_helpers(namespace: dict[str, Any]) -> None:
    """Replace the plain functions that a test file defines by ones that remember."""
    for name, value in list(namespace.items()):
        if isinstance(value, types.FunctionType) and value.__globals__ is namespace:
            namespace[name] = _remembering(value)


def _remembering(function: Callable[..., Any]) -> Callable[..., Any]:
    known: dict[tuple[Any, ...], Any] = {}

    @functools.wraps(function)
    def remembering(*arguments: Any, **keywords: Any) -> Any:
        key = _key((arguments, keywords))
        if key is None:
            return function(*arguments, **keywords)
        if key in known:
            # A case may change what it is given; the next must not see that.
            return copy.deepcopy(known[key])
        result = function(*arguments, **keywords)
        # What changed its arguments must do so again for the next; what cannot be copied is worked out anew.
        if _key((arguments, keywords)) == key:
            with contextlib.suppress(TypeError, copy.Error):
                if len(known) >= MAX_REMEMBERED_CALLS:
                    known.clear()
                known[key] = copy.deepcopy(result)
        return result

    return remembering


def _key(value: Any) -> tuple[Any, ...] | None:
    """Return a key that only plain data of the same types and bits shares, None for anything else."""
    kind = type(value)
    if value is None or kind in (bool, int, str, bytes):
        return (kind, value)
    if kind is float:
        return (kind, struct.pack("d", value))  # zero has two signs, and NaN does not equal itself
    if kind is complex:
        return (kind, struct.pack("dd", value.real, value.imag))
    if kind is np.ndarray and value.dtype.kind in "biufc":
        flags = value.flags
        return (kind, value.dtype.str, value.shape, value.strides, flags.writeable, value.tobytes())
    if isinstance(value, np.generic) and value.dtype.kind in "biufc":
        return (kind, value.dtype.str, value.tobytes())
    if kind is dict and isinstance(value, dict):
        parts = [_key(item) for pair in value.items() for item in pair]
    elif kind in (list, tuple) and isinstance(value, (list, tuple)):
        parts = [_key(item) for item in value]
    else:
        return None
    return None if None in parts else (kind, *parts)
