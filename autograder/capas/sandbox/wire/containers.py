"""Sets, dicts with keys of any plain kind, and arrays of texts on the pipe.

What is hashed here comes from student code, which could choose values that all have one hash: a set of them takes
time that grows with the square of their number. So equal hashes are counted first.
"""

import itertools
import math
from collections.abc import Callable, Hashable, Sequence
from typing import Any

import msgspec
import numpy as np

from capas.sandbox.wire.errors import TooLargeError, WireError

SET, FROZENSET, DICT, TEXTS = 10, 11, 12, 13
"""MessagePack extension codes."""
MAX_EQUAL_HASHES = 50
"""Of different keys: among honest ones hardly any two have the same."""
MAX_CHARACTERS = 4_000_000
"""In an array of texts, in which each place has room for the longest."""

Pack = Callable[[Any], Any]
Decode = Callable[[Any], Any]


def pack_set(value: "set[Any] | frozenset[Any]", pack: Pack) -> tuple[int, Any]:
    """Return the extension of a set, and its items packed."""
    return SET if type(value) is set else FROZENSET, [pack(item) for item in value]


def pack_dict(value: "dict[Any, Any]", pack: Pack) -> tuple[int, Any]:
    """Return the extension of a dict whose keys are not all texts: a key, its value, the next key, and so on."""
    return DICT, [pack(item) for pair in value.items() for item in pair]


def pack_texts(array: np.ndarray) -> tuple[int, Any]:
    """Return the extension of an array of texts.

    Raises:
        TooLargeError: when it takes too much memory.
    """
    _refuse_large_texts(array.size, array.dtype.itemsize // 4)
    return TEXTS, [list(array.shape), array.dtype.itemsize // 4, array.ravel().tolist()]


def unpack_collection(code: int, items: Any) -> Any:
    """Return the set, dict or array of texts that has ``items``, which may be anything.

    Raises:
        WireError, TypeError: when they cannot be its items.
    """
    if type(items) is not list:
        raise WireError("a set or dict that is not a list of items")
    if code == TEXTS:
        return _unpack_texts(items)
    if code == DICT:
        keys, values = items[::2], items[1::2]
        refuse_equal_hashes(keys)
        return dict(zip(keys, values, strict=True))
    refuse_equal_hashes(items)
    return set(items) if code == SET else frozenset(items)


def _unpack_texts(items: Sequence[Any]) -> np.ndarray:
    shape, longest, texts = msgspec.convert(items, tuple[list[int], int, list[str]])
    if len(shape) > 32 or any(length < 0 for length in shape) or math.prod(shape) != len(texts):
        raise WireError("an array of texts of impossible shape")
    if longest < max(map(len, texts), default=0):
        raise WireError("texts that are longer than they say")
    _refuse_large_texts(max(len(texts), *shape, 1), longest)
    return np.array(texts, dtype=f"U{longest}").reshape(shape)


def _refuse_large_texts(count: int, longest: int) -> None:
    if count * max(longest, 1) > MAX_CHARACTERS:
        raise TooLargeError(f"an array of {count} texts")


def refuse_equal_hashes(keys: Sequence[Hashable]) -> None:
    """Refuse keys of which many have one hash.

    Raises:
        WireError: when they do.
        TypeError: when one has none.
    """
    for _, same in itertools.groupby(sorted(map(hash, keys))):
        if sum(1 for _ in same) > MAX_EQUAL_HASHES:
            raise WireError("keys chosen to have equal hashes")
