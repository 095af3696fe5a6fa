"""One answer as several students would write it: results moved by rounding, in float32, as lists."""

from collections.abc import Callable
from typing import Any

import numpy as np

Dress = Callable[[Callable[..., Any]], Callable[..., Any]]


def _mapped(change: Callable[[np.ndarray], Any]) -> Dress:
    """Return what changes every array and number of a result, in lists and tuples too."""

    def changed(value: Any) -> Any:
        if isinstance(value, (list, tuple)):
            return type(value)(map(changed, value))
        if isinstance(value, (float, np.floating)):
            return type(value)(change(np.asarray(value)))
        if isinstance(value, np.ndarray) and value.dtype.kind == "f":
            return change(value)
        return value

    return lambda function: lambda *arguments, **keywords: changed(function(*arguments, **keywords))


def _one_unit_down(values: np.ndarray) -> np.ndarray:
    return np.nextafter(values, 0).astype(values.dtype)


def _another_order(values: np.ndarray) -> np.ndarray:
    """Move each number by some units in the last place of the largest: what another order of a sum changes."""
    largest = np.max(np.abs(values), initial=0.0, where=np.isfinite(values))
    units = np.cos(np.arange(1, values.size + 1)).reshape(values.shape) * 4
    return (values + units * np.finfo(float).eps * largest).astype(values.dtype)


def _in_float32(values: np.ndarray) -> np.ndarray:
    with np.errstate(over="ignore"):
        return values.astype(np.float32)


def _as_lists(function: Callable[..., Any]) -> Callable[..., Any]:
    def listed(value: Any) -> Any:
        if isinstance(value, (list, tuple)):
            return [listed(item) for item in value]
        return value.tolist() if isinstance(value, (np.ndarray, np.generic)) else value

    return lambda *arguments, **keywords: listed(function(*arguments, **keywords))


def _all_in_float32(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that rounds what it is given to float32, as one does who begins with `dtype=np.float32`."""

    def rounded(value: Any) -> Any:
        if isinstance(value, np.ndarray) and value.dtype == float:
            return _in_float32(value)
        return type(value)(map(rounded, value)) if isinstance(value, (list, tuple)) else value

    return lambda *arguments, **keywords: _RESULT_IN_FLOAT32(function)(*map(rounded, arguments), **keywords)


_RESULT_IN_FLOAT32 = _mapped(_in_float32)
DRESSES: dict[str, Dress] = {
    "as it is": lambda function: function,
    "one unit in the last place": _mapped(_one_unit_down),
    "another order": _mapped(_another_order),
    "result in float32": _RESULT_IN_FLOAT32,
    "all in float32": _all_in_float32,
    "as lists": _as_lists,
}
