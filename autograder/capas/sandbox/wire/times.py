"""Dates, times and spans of time on the pipe: those of Python, as texts in the form of ISO 8601."""

import datetime
from typing import Any

from capas.sandbox.wire.errors import WireError

DATE, DATETIME, TIME, TIMEDELTA = 20, 21, 22, 23
"""MessagePack extension codes."""
MAX_TEXT = 100

KINDS = (datetime.date, datetime.datetime, datetime.time, datetime.timedelta)


def pack_time(value: Any) -> tuple[int, bytes]:
    """Return the extension of a value of one of ``KINDS``, and its bytes. A time zone becomes its offset.

    Raises:
        WireError: when it has a time zone that cannot be said so.
    """
    code = DATE + KINDS.index(type(value))
    if code == TIMEDELTA:
        return code, f"{value.days} {value.seconds} {value.microseconds}".encode()
    text = value.isoformat()
    try:
        same = type(value).fromisoformat(text) == value
    except ValueError:
        same = False
    if not same:
        raise WireError(f"a value of type {type(value).__name__} with such a time zone")
    return code, text.encode()


def unpack_time(code: int, data: bytes) -> Any:
    """Return the value in an extension's bytes, which may be anything.

    Raises:
        ValueError, OverflowError, TypeError: when they are no value of the kind.
    """
    text = data[:MAX_TEXT].decode("ascii")
    if code == TIMEDELTA:
        days, seconds, microseconds = map(int, text.split(" "))
        return datetime.timedelta(days, seconds, microseconds)
    kind: Any = KINDS[code - DATE]
    return kind.fromisoformat(text)
