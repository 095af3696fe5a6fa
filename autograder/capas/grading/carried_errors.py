"""Errors carried forward: a question is judged with the stage's other functions right.

An error costs points once, as when a person grades and follows it through. A question that fails is judged again in
a program in which the names of earlier questions call back to the reference, in the judge's process; the reference's
source never enters the sandbox.
"""

import ast
import functools
import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

_WORD = re.compile(r"[^\W\d]\w*")
MAX_NUMBERS = 5_000
"""How many numbers, and how large a whole number, student code may hand to a function of the reference."""


def uses_any(cells: Sequence[str], names: set[str]) -> bool:
    """Tell whether the code reads any of ``names``, so that replacing them could change something."""
    return not names.isdisjoint(_names_read(tuple(cells)))


@functools.lru_cache(maxsize=1)  # asked for each question that fails
def _names_read(cells: tuple[str, ...]) -> frozenset[str]:
    names: set[str] = set()
    for cell in cells:
        try:
            tree = ast.parse(cell)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            names.update(_WORD.findall(cell))  # of what does not parse, the rest is run
            continue
        names.update(
            node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
        )
    return frozenset(names)


def others(reference: Mapping[str, Callable[..., Any]], question: str) -> dict[str, Callable[..., Any]]:
    """Return the reference's functions of the questions before ``question``, safe to be called by student code.

    Of later ones none: two questions answered by calls of each other would both be carried.
    """
    earlier = itertools.takewhile(lambda name: name != question, reference)
    return {name: _guarded(reference[name]) for name in earlier}


def _guarded(function: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(*arguments: Any, **keywords: Any) -> Any:
        # It runs in the judge's process: nobody may make it fill the memory from inside a sandbox.
        if _size([*arguments, *keywords.values()]) > MAX_NUMBERS:
            raise ValueError("more numbers than this course works with")
        return function(*arguments, **keywords)

    return guarded


def _size(value: Any) -> int:
    if isinstance(value, (np.ndarray, np.generic)):
        # A whole number may be taken for a size, whatever its type.
        largest = int(np.abs(value.astype(object)).max()) if value.dtype.kind in "iu" and value.size else 0
        return max(value.size, 1) + largest
    if isinstance(value, (list, tuple)):
        return sum(_size(item) for item in value)
    if isinstance(value, dict):
        return sum(_size(item) for item in value.values())
    if isinstance(value, (str, bytes)):
        return len(value)
    if isinstance(value, int):
        return abs(value)
    return 1
