"""What a function of a submission returned, as the plain data that may travel. It runs beside that code."""

import contextlib
import datetime
from typing import Any

import numpy as np

from capas.sandbox import wire
from capas.sandbox.wire.tables import is_tabular, pandas_loaded

_PLAIN: tuple[Any, ...] = (bool, int, float, complex, str, bytes)
_LONG_DOUBLES = {"g": "d", "G": "D"}


def simplify(value: Any, tables: bool = False) -> Any:
    """Return ``value`` as plain data where it is as good as such, like subclasses, ranges, and tables of numbers.

    With ``tables`` those of pandas stay tables, without it they become the arrays that ``np.asarray`` takes them for.
    """
    kind = type(value)
    if kind in (bool, int, float, str) or value is None:
        return value
    if kind is np.ndarray and value.dtype.str in wire.DTYPES:
        return value
    if isinstance(value, (np.ndarray, np.generic)) and value.dtype.char in _LONG_DOUBLES:
        return simplify(value.astype(_LONG_DOUBLES[value.dtype.char]))
    if isinstance(value, np.generic) and value.dtype.kind in "US":
        return value.item()
    if kind is np.ndarray or isinstance(value, np.generic):
        return value
    if isinstance(value, np.ndarray):
        return np.array(value, subok=False)
    if isinstance(value, (list, range)):
        return [simplify(item, tables) for item in value]
    if isinstance(value, tuple):
        return tuple(simplify(item, tables) for item in value)
    if isinstance(value, dict):
        return {simplify(key, tables): simplify(item, tables) for key, item in value.items()}
    if isinstance(value, (set, frozenset)):
        return (set if isinstance(value, set) else frozenset)(simplify(item, tables) for item in value)
    if tables and pandas_loaded() is not None:
        value = _plain_table(value)
        if is_tabular(value):
            return value
    return _plain_atom(value)


def _plain_atom(value: Any) -> Any:
    for plain in _PLAIN:
        if isinstance(value, plain):
            return plain(value)
    if isinstance(value, bytearray):
        return bytes(value)
    if isinstance(value, (datetime.date, datetime.timedelta)) and pandas_loaded() is not None:
        return _plain_moment(value)
    if hasattr(value, "__array__"):
        return np.array(value, subok=False)
    return value


def _plain_moment(value: Any) -> Any:
    """Return a date or span of Python in place of one of pandas."""
    for name in ("to_pydatetime", "to_pytimedelta"):
        if hasattr(value, name):
            return getattr(value, name)()
    return value


def _plain_table(value: Any) -> Any:
    """Return a table of a class that was derived from one of pandas as one of pandas."""
    pandas = pandas_loaded()
    for kind in (pandas.DataFrame, pandas.Series):
        if isinstance(value, kind) and type(value) is not kind:
            return kind(value)
    return value


def _function_reference(value: Any) -> wire.FunctionReference:
    return wire.FunctionReference(id(value) if callable(value) else id(type(value)))


def snapshot(argument: Any) -> Any:
    """Return what an argument is recognized by as long as nobody changes it, None where nobody can."""
    if not isinstance(argument, (list, dict, set, np.ndarray, tuple)) and not is_tabular(argument):
        return None
    try:
        with contextlib.suppress(_NotPlainError):
            return _plain_state(argument)
        return wire.encode([wire.pack(simplify(argument, tables=True), refer=_function_reference)])
    except Exception:
        return b"no longer plain data"


class _NotPlainError(Exception):
    """What is to be looked at in the way of all values."""


def _plain_state(value: Any) -> Any:
    """Return what an array, or a list of such or of plain values, is recognized by: that need not travel."""
    kind = type(value)
    if kind is np.ndarray and value.dtype.str in wire.DTYPES:
        return value.dtype.str, value.shape, value.tobytes()
    if kind is float:
        return kind, value if value and value == value else repr(value)  # zero has two signs, and NaN is not itself
    if kind in (int, bool, str):
        return kind, value
    if kind is list or kind is tuple:
        return kind, [_plain_state(item) for item in value]
    raise _NotPlainError
