"""How values are written in a message, as a student would write them, on one line; and values as arrays."""

from typing import Any

import numpy as np

MAX_CHARACTERS, DIGITS = 240, 4


def show(value: Any, digits: int = DIGITS) -> str:
    """Return ``value`` as a student would write it, shortened to one line; ``digits`` follow the decimal point."""
    try:
        text = " ".join(_plain(value, digits).split())
    except Exception:  # a __repr__ of the student's that fails, or a list that holds itself
        text = f"<{type(value).__name__}>"
    # NumPy pads numbers to line up in columns, which a single line does not need.
    text = text.replace(" ,", ",").replace("[ ", "[").replace(" ]", "]")
    return text if len(text) <= MAX_CHARACTERS else text[: MAX_CHARACTERS - 1] + "…"


def show_apart(*values: Any) -> list[str]:
    """Return values as texts, with as many digits as it takes to see that they differ."""
    shown = [[show(value, digits) for value in values] for digits in (DIGITS, 8, 16)]
    return next((texts for texts in shown if len(set(texts)) == len(texts)), shown[-1])


def error_text(error: BaseException) -> str:
    """Return an error's type and text, on one line."""
    return f"{type(error).__name__}: {' '.join(str(error).split())}"[:300].rstrip(": ")


def as_array(value: Any) -> np.ndarray:
    """Return ``value`` as an array; one of dtype object where it is none of numbers, of which objects may hold some."""
    try:
        array = np.asarray(value)
        return np.asarray(array.tolist()) if array.dtype == object else array
    except Exception:
        return np.asarray(None)


def _plain(value: Any, digits: int) -> str:
    if isinstance(value, np.ndarray) and value.ndim:
        return np.array2string(value, separator=", ", precision=digits, threshold=40, edgeitems=3, suppress_small=True)
    if isinstance(value, (np.ndarray, np.generic)):
        value = value.item()
    if isinstance(value, (float, np.floating)):  # NumPy has longer ones than Python
        return f"{value:.{digits + 2}g}"
    if isinstance(value, (list, tuple)):
        inside = ", ".join(_plain(item, digits) for item in value)
        return f"[{inside}]" if isinstance(value, list) else f"({inside},)" if len(value) == 1 else f"({inside})"
    return str(getattr(value, "__name__", "f")) if callable(value) else repr(value)
