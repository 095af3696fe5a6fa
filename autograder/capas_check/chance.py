"""Operations on functions that draw by chance: a generator to draw from, many calls at once."""

from collections.abc import Callable
from typing import Any

import numpy as np

from capas_check.operations import OPERATIONS


def with_generator(function: Callable[..., Any], name: str, seed: int) -> Callable[..., Any]:
    """Return ``function`` with a new generator of NumPy's as its argument ``name``: one cannot be sent."""
    generator = np.random.default_rng(seed)

    def call_with_generator(*arguments: Any, **keywords: Any) -> Any:
        return function(*arguments, **{name: generator}, **keywords)

    return call_with_generator


def repeated(function: Callable[..., Any], count: int) -> Callable[..., list[Any]]:
    """Return what calls ``function`` so often and returns all that came back."""

    def call_often(*arguments: Any, **keywords: Any) -> list[Any]:
        return [function(*arguments, **keywords) for _ in range(count)]

    return call_often


OPERATIONS.update(with_generator=with_generator, repeated=repeated)
