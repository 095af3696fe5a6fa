"""What a statement may ask about a student's function or object besides calling it, done where that one runs.

In a notebook that is this process. A judge has proxies, `Remote`, and the same operations are done in the sandbox.
An operation takes the function or object, and options that are plain data, and returns a function to be called.
"""

import contextlib
import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Operation = tuple[str, dict[str, Any]]
"""The name of an operation, as in `OPERATIONS`, and its options."""


@dataclass
class Beside:
    """The result of a call, and beside it what an operation ``noted``, plain data.

    Nobody may have asked for the result: where it cannot travel, a handle of it does.
    """

    result: Any
    noted: Any


class Remote:
    """A function or object of another process, which does ``operations`` there, in this order."""

    operations: Sequence[Operation] = ()

    def through(self, operation: Operation) -> "Callable[..., Any]":
        """Return what is called like the function that ``operation`` returns there."""
        raise NotImplementedError


def through(target: Any, name: str, /, **options: Any) -> Callable[..., Any]:
    """Return the function that an operation makes of ``target``, a student's function or object."""
    if isinstance(target, Remote):
        return target.through((name, options))
    if isinstance(target, Local):
        return Local(target.target, [*target.operations, (name, options)], target.__name__)
    return Local(target, [(name, options)], getattr(target, "__name__", name))


class Local:
    """What ``operations`` make of a function or object of this process, made anew for each call, as elsewhere."""

    def __init__(self, target: Any, operations: Sequence[Operation], name: str):
        self.target, self.operations, self.__name__ = target, operations, name

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        """Call what the operations make of the target."""
        called = self.target
        for operation in self.operations:
            called = apply(operation, called)
        return called(*arguments, **keywords)

    def __deepcopy__(self, _memo: dict[int, Any]) -> "Local":
        return self  # as a function would


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
        python, numpy = (importlib.import_module(library) for library in ("random", "numpy.random"))
        states = python.getstate(), numpy.get_state()
        try:
            python.seed(seed)
            numpy.seed(seed)
            return function(*arguments, **keywords)
        finally:  # whoever draws from them besides goes on as before
            python.setstate(states[0])
            numpy.set_state(states[1])

    return seed_and_call


OPERATIONS: dict[str, Callable[..., Callable[..., Any]]] = {"seeded": seeded}
