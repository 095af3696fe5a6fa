"""How values are written in a message, as a student would write them, on one line; and values as arrays."""

import importlib
from collections.abc import Iterator
from typing import Any

import numpy as np

MAX_CHARACTERS, MAX_WRITTEN, DIGITS = 240, 2000, 4
PLAIN = ("builtins", "datetime", "numpy", "pandas")  # where the kinds of plain data are from


def show(value: Any, digits: int = DIGITS) -> str:
    """Return ``value`` as a student would write it, shortened to one line; ``digits`` follow the decimal point."""
    try:
        text = ""
        for piece in _pieces(value, digits):
            if len(text := text + piece) > MAX_WRITTEN:
                break
    except Exception:  # a list that holds itself
        text = f"<{type(value).__name__}>"
    return text if len(text) <= MAX_CHARACTERS else text[: MAX_CHARACTERS - 1] + "…"


def show_apart(*values: Any, digits: int = DIGITS) -> list[str]:
    """Return values as texts, with as many digits as it takes to see that they differ."""
    shown = [show(value, digits) for value in values]
    return shown if digits > 9 or len(set(shown)) == len(shown) else show_apart(*values, digits=2 * digits)


def error_text(error: BaseException) -> str:
    """Return an error's type and text, on one line."""
    return f"{type(error).__name__}: {' '.join(str(error).split())}"[:300].rstrip(": ")


def as_array(value: Any) -> np.ndarray:
    """Return ``value`` as an array; one of dtype object where it is none of numbers, of which objects may hold some."""
    try:
        # In an array of texts each place has room for the longest.
        array = np.asarray(None if _holds_text(value) else value)
        return np.asarray(array.tolist()) if array.dtype == object else array
    except Exception:
        return np.asarray(None)


def package(value: Any) -> str:
    """Return the package that a value's class is from."""
    return str(type(value).__module__).partition(".")[0]


def is_object(value: Any) -> bool:
    """Tell whether a value is none of the kinds of plain data: then nothing of it is looked at."""
    return package(value) not in PLAIN


def type_name(value: Any) -> str:
    """Return the name of a value's class; of what stands for another value with a judge, that one's.

    NumPy's scalars have those of Python, as which some are sent.
    """
    value = value.item() if isinstance(value, np.generic) else value
    return value.form if package(value) == "capas" else type(value).__name__


def tables_for(value: Any) -> Any:
    """Return the module that knows of tables of pandas, its columns and indexes, where ``value`` is one.

    A bundle has it where cases work with tables; elsewhere nothing is.
    """
    if package(value) != "pandas" or not hasattr(value, "ndim"):
        return None
    try:
        return importlib.import_module("capas_check.tables")
    except ImportError:
        return None


def _holds_text(value: Any) -> bool:
    return isinstance(value, (str, bytes)) or (isinstance(value, (list, tuple)) and any(map(_holds_text, value)))


def _pieces(value: Any, digits: int) -> Iterator[str]:
    """Yield the text of a value piece by piece: of a large one only the first are asked for."""
    if isinstance(value, (np.ndarray, np.generic)) and (not value.ndim or value.dtype.kind in "OUS"):
        value = value.tolist()
    if isinstance(value, np.ndarray):  # of many axes NumPy shortens none
        axes = value if value.ndim < 5 else value.ravel()
        text = np.array2string(axes, separator=", ", precision=digits, threshold=40, edgeitems=3, suppress_small=True)
        yield " ".join(text.split()).replace(" ,", ",").replace("[ ", "[").replace(" ]", "]")
    elif isinstance(value, (float, np.floating)):  # NumPy has longer ones than Python
        yield f"{value:.{digits + 2}g}"
    elif isinstance(value, (list, tuple, dict, set, frozenset)) and value:
        opening, closing = "[]" if isinstance(value, list) else "()" if isinstance(value, tuple) else "{}"
        # A set has another order in each process.
        for place, item in enumerate(sorted(value, key=show) if isinstance(value, (set, frozenset)) else value):
            yield ", " if place else opening
            yield from _pieces(item, digits)
            if isinstance(value, dict):
                yield ": "
                yield from _pieces(value[item], digits)
        yield f",{closing}" if closing == ")" and len(value) == 1 else closing
    elif tables := tables_for(value):
        yield from tables.pieces(value, digits)
    elif callable(value):
        yield str(getattr(value, "__name__", "f"))
    elif is_object(value):
        yield f"<{type_name(value)}>"
    else:
        yield repr(value[:MAX_WRITTEN] if isinstance(value, (str, bytes)) else value)
