"""What a statement may ask about a student's function or object besides calling it, done where that one runs.

In a notebook that is this process. A judge has proxies, `Remote`, and the same operations are done in the sandbox.
An operation takes the function or object, and options that are plain data, and returns a function to be called.
"""

import contextlib
import importlib
from collections.abc import Callable
from typing import Any

Operation = tuple[str, dict[str, Any]]
"""The name of an operation, as in `OPERATIONS`, and its options."""


class Remote:
    """A function or object of another process, which does operations there."""

    def through(self, operation: Operation) -> "Callable[..., Any]":
        """Return what is called like the function that ``operation`` returns there."""
        raise NotImplementedError


def through(target: Any, name: str, **options: Any) -> Callable[..., Any]:
    """Return the function that an operation makes of ``target``, a student's function or object."""
    if isinstance(target, Remote):
        return target.through((name, options))
    return apply((name, options), target)


def apply(operation: Operation, target: Any) -> Callable[..., Any]:
    """Do an operation in this process; ValueError when there is none of that name."""
    name, options = operation
    if name not in OPERATIONS:
        raise ValueError(f"no operation {name!r}; operations are {', '.join(OPERATIONS)}")
    function = OPERATIONS[name](target, **options)
    with contextlib.suppress(AttributeError, TypeError):
        function.__name__ = getattr(target, "__name__", name)
    return function


def seeded(function: Callable[..., Any], seed: int) -> Callable[..., Any]:
    """Return ``function`` with Python's and NumPy's global generators begun anew from ``seed`` before each call."""

    def seed_and_call(*arguments: Any, **keywords: Any) -> Any:
        for library in ("random", "numpy.random"):
            importlib.import_module(library).seed(seed)
        return function(*arguments, **keywords)

    return seed_and_call


OPERATIONS: dict[str, Callable[..., Callable[..., Any]]] = {"seeded": seeded}
