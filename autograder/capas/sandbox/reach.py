"""How much memory a function of ours could come to need for what student code hands to it.

It runs in the judge's process, and nobody may make it fill the memory from inside a sandbox. What it makes is bounded
before it is made: by the numbers that it gets, by whole numbers that it may take for sizes, and by the array that all
arrays would be together under NumPy's rules of broadcasting.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

import numpy as np

from capas.sandbox.wire.tables import is_tabular

TOO_MANY = "more numbers than this course works with"
MAX_NUMBERS = 5_000
"""How many numbers, and how large a whole number, student code may hand to a function of ours."""
MAX_TOGETHER = 25_000_000
"""How many numbers the arrays may be when they are broadcast together."""


def refuse_too_much(values: Sequence[Any]) -> int:
    """Return how many numbers ``values`` are.

    Raises:
        ValueError: when that is more than a function of ours should be called with.
    """
    size = sum(map(_size, values))
    shapes = [shape for value in values for shape in _shapes(value)]
    # From the last axis on; a matrix product has no axis that is longer than one of these either.
    together = math.prod(max(lengths) for lengths in zip_longest(*map(reversed, shapes), fillvalue=1))
    if size > MAX_NUMBERS or together > MAX_TOGETHER:
        raise ValueError(TOO_MANY)
    return size


def _size(value: Any) -> int:
    if isinstance(value, (np.ndarray, np.generic)):
        # A whole number may be taken for a size, whatever its type.
        largest = int(np.abs(value.astype(object)).max()) if value.dtype.kind in "iu" and value.size else 0
        return math.prod(_lengths(value)) + largest
    if isinstance(value, (list, tuple, set, frozenset)):
        return sum(_size(item) for item in value)
    if isinstance(value, dict):
        return sum(_size(item) for pair in value.items() for item in pair)
    if is_tabular(value):
        return math.prod(getattr(value, "shape", (1,)))
    if isinstance(value, (str, bytes)):
        return len(value)
    if isinstance(value, int):
        return abs(value)
    return 1


def _shapes(value: Any) -> Iterator[tuple[int, ...]]:
    if isinstance(value, np.ndarray):
        yield _lengths(value)
    elif isinstance(value, (list, tuple)):
        yield (len(value),)
        for item in value:
            yield from _shapes(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _shapes(item)


def _lengths(array: Any) -> tuple[int, ...]:
    """Return the shape, an axis without any numbers as one: (15000, 0) @ (0, 15000) has 225 million."""
    return tuple(max(length, 1) for length in array.shape)
