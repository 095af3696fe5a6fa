"""How a result of another shape than the right one relates to it: axes turned, lost, too many; items in another order.

Each relation takes what came out and what is right, and returns None where it does not hold, else what is to be said
besides, or "".
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from capas.grading.diagnosis.comparison import numbers_of
from capas.grading.diagnosis.relations import same
from capas_check.show import as_array

REDUCTIONS: dict[str, Callable[..., np.ndarray]] = {"sum": np.sum, "mean": np.mean, "max": np.max, "min": np.min}


def _close(value: Any, right: Any) -> bool:
    numbers, right_numbers = numbers_of(value), numbers_of(right)
    if numbers is None or right_numbers is None or numbers.shape != right_numbers.shape:
        return False
    return same(numbers, right_numbers)


def _axes(value: Any) -> int:
    return as_array(value).ndim


def _transposed(value: Any, right: Any) -> str | None:
    numbers = numbers_of(value)
    return "" if numbers is not None and _axes(right) == 2 and _close(numbers.T, right) else None


def _same_numbers(value: Any, right: Any) -> bool:
    """Tell whether the numbers are right in their order, whatever the shape."""
    numbers, right_numbers = numbers_of(value), numbers_of(right)
    return numbers is not None and right_numbers is not None and _close(numbers.ravel(), right_numbers.ravel())


def _extra_axis(value: Any, right: Any) -> str | None:
    return "" if _same_numbers(value, right) and _axes(value) > _axes(right) else None


def _flattened(value: Any, right: Any) -> str | None:
    return "" if _same_numbers(value, right) and _axes(value) < _axes(right) else None


def _reduced(value: Any, right: Any) -> str | None:
    """Hold where one number for each row or column, or for all, came out: the sum, mean, maximum or minimum."""
    return _reduces(right, value)


def _not_reduced(value: Any, right: Any) -> str | None:
    """Hold where the sum, mean, maximum or minimum of what came out is right, over rows, columns or all."""
    return _reduces(value, right)


def _reduces(many: Any, few: Any) -> str | None:
    numbers, wanted = numbers_of(many), numbers_of(few)
    if numbers is None or wanted is None or numbers.ndim <= wanted.ndim or not numbers.size:
        return None
    for name, reduce in REDUCTIONS.items():
        for axis in (None, *range(numbers.ndim)):
            if _close(reduce(numbers, axis=axis), wanted):
                return name
    return None


def _part(value: Any, right: Any) -> str | None:
    """Hold where only the diagonal, or the first or the last of the items along some axis came out."""
    numbers, wanted = numbers_of(value), numbers_of(right)
    if numbers is None or wanted is None or wanted.ndim <= numbers.ndim or not wanted.size:
        return None
    if wanted.ndim == 2 and _close(numbers, np.diagonal(wanted)):
        return "diagonal"
    for name, index in (("first", 0), ("last", -1)):
        if any(_close(numbers, np.take(wanted, index, axis=axis)) for axis in range(wanted.ndim)):
            return name
    return None


def _items(value: Any, right: Any) -> str | None:
    """Hold where a list lacks its first or last item, or has all of them and more."""
    if not (isinstance(value, (list, tuple)) and isinstance(right, (list, tuple))):
        return None
    for name, wanted in (("lacks_the_first", right[1:]), ("lacks_the_last", right[:-1])):
        if _all_close(value, wanted):
            return name
    if len(value) > len(right) and (_all_close(value[: len(right)], right) or _all_close(value[-len(right) :], right)):
        return "has_more"
    return None


def _backwards(value: Any, right: Any) -> str | None:
    """Hold where a list is in reverse."""
    lists = isinstance(value, (list, tuple)) and isinstance(right, (list, tuple)) and len(right) > 1
    return "" if lists and _all_close(value[::-1], right) else None


def _one_item(value: Any, right: Any) -> str | None:
    """Hold where one item of a list came out instead of the list."""
    if not isinstance(right, (list, tuple)):
        return None
    for name, item in (("first", right[0]), ("last", right[-1])):
        if _close(value, item) or _all_close(value, item):
            return name
    return None


def _all_close(value: Any, right: Any) -> bool:
    """Tell whether two lists hold the same, at any depth."""
    if isinstance(value, (list, tuple)) and isinstance(right, (list, tuple)):
        return len(value) == len(right) and all(map(_all_close, value, right))
    return _close(value, right)


def _other_shape(value: Any, right: Any) -> str | None:
    """Hold where there are numbers of another shape; say whether there are fewer axes, more, or other lengths."""
    numbers, wanted = numbers_of(value), numbers_of(right)
    if numbers is None:
        return None
    if wanted is None or numbers.shape == wanted.shape:
        return None
    fewer, more = numbers.ndim < wanted.ndim, numbers.ndim > wanted.ndim
    return "fewer_axes" if fewer else "more_axes" if more else "other_lengths"


SHAPES: dict[str, Callable[[Any, Any], str | None]] = {
    "transposed": _transposed,
    "has_an_extra_axis": _extra_axis,
    "flattens_the_batch": _flattened,
    "gives_a_part": _part,
    "combines_too_much": _reduced,
    "combines_too_little": _not_reduced,
    "gives_one_item": _one_item,
    "counts_the_items": _items,
}
LAST_SHAPES: dict[str, Callable[[Any, Any], str | None]] = {"has_another_shape": _other_shape}
"""Only for what no other relation explains."""
