"""How values are written in a message, as a student would write them, on one line; and values as arrays."""

from collections.abc import Iterator
from typing import Any

import numpy as np

MAX_CHARACTERS, MAX_WRITTEN, DIGITS = 240, 2000, 4


def show(value: Any, digits: int = DIGITS) -> str:
    """Return ``value`` as a student would write it, shortened to one line; ``digits`` follow the decimal point."""
    try:
        text = ""
        for piece in _pieces(value, digits):
            if len(text := text + piece) > MAX_WRITTEN:
                break
        text = " ".join(text[:MAX_WRITTEN].split())
    except Exception:  # a __repr__ of the student's that fails, or a list that holds itself
        text = f"<{type(value).__name__}>"
    text = text.replace(" ,", ",").replace("[ ", "[").replace(" ]", "]")
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


def _holds_text(value: Any) -> bool:
    return isinstance(value, (str, bytes)) or (isinstance(value, (list, tuple)) and any(map(_holds_text, value)))


def _pieces(value: Any, digits: int) -> Iterator[str]:
    """Yield the text of a value piece by piece: of a large one only the first are asked for."""
    value = value if not isinstance(value, (np.ndarray, np.generic)) or value.ndim else value.item()
    if isinstance(value, np.ndarray):  # of many axes NumPy shortens none
        axes = value if value.ndim < 5 else value.ravel()
        yield np.array2string(axes, separator=", ", precision=digits, threshold=40, edgeitems=3, suppress_small=True)
    elif isinstance(value, (float, np.floating)):  # NumPy has longer ones than Python
        yield f"{value:.{digits + 2}g}"
    elif isinstance(value, (list, tuple)):
        yield "[" if isinstance(value, list) else "("
        for place, item in enumerate(value):
            yield ", " if place else ""
            yield from _pieces(item, digits)
        yield "]" if isinstance(value, list) else ",)" if len(value) == 1 else ")"
    else:
        cut = value[:MAX_WRITTEN] if isinstance(value, (str, bytes)) else value
        yield str(getattr(value, "__name__", "f")) if callable(value) else repr(cut)
