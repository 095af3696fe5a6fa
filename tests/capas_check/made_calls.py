"""Calls of functions that do one thing, for tests of what cases state about them."""

import warnings
from collections.abc import Callable
from typing import Any

import pytest

from capas_check import Call, CheckFailure, call
from capas_check.texts import load_texts

SPANISH = load_texts("es")


class Ended(Exception):
    """An exception as a proxy raises it, saying what became of the call."""

    def __init__(self, kind: str, text: str = ""):
        super().__init__(text or f"it is {kind}")
        self.kind = kind


def giving(value: Any) -> Call:
    """Call a function ``f`` that returns ``value``."""

    def f() -> Any:
        return value

    return call(f)


def raising(error: Exception) -> Call:
    def f() -> None:
        raise error

    return call(f)


def warning(category: type[Warning]) -> Call:
    def f() -> float:
        warnings.warn("overflow encountered in exp", category, stacklevel=1)
        return 1.0

    return call(f)


def spoiling(spoil: Callable[..., object], *arguments: Any, **keywords: Any) -> Call:
    """Call a function that does ``spoil`` to its arguments and returns 1, as it should."""

    def f(*arguments: Any, **keywords: Any) -> float:
        spoil(*arguments, **keywords)
        return 1.0

    return call(f, *arguments, **keywords).returns(1)


def failure_of(state: Callable[[], object]) -> CheckFailure:
    with pytest.raises(CheckFailure) as caught:
        state()
    return caught.value


def sentence_of(state: Callable[[], object]) -> str:
    return failure_of(state).sentence(SPANISH)
