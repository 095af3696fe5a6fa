"""What comes back from a program, as the judge sees it: proxies, exceptions, arguments changed in place."""

import builtins
import contextlib
import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from capas.sandbox.wire import ObjectReference
from capas.sandbox.wire.tables import is_tabular
from capas_check.operations import Operation, Remote

MAX_WARNINGS, MAX_WARNING_TEXT, MAX_FORM = 20, 500, 100
"""A program that behaves keeps to these by itself."""


class Handle(Remote):
    """Stands in the judge's process for an object of a program, which stays there.

    Nothing of Python reaches that object: two handles are equal if they are of the same one, and what is shown is the
    name of its class. Statements reach it with `capas_check.operations.through`.

    Args:
        sandbox: where it is, a `Sandbox`.
        number: the object's there.
        form: the name of its class.
    """

    def __init__(self, sandbox: Any, number: int, form: str):
        self.sandbox, self.number, self.form = sandbox, number, form

    def through(self, operation: Operation) -> "Proxy":
        """Return what is called like that which ``operation`` makes of the object."""
        return Proxy(self.sandbox.caller, self, self.form, [operation])

    def __getattr__(self, name: str) -> Any:
        told = f'a case has `{name}` of an object by method(…, "{name}") or attribute(…, "{name}")'
        raise AttributeError(told, name=name, obj=self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Handle) and self.sandbox is other.sandbox and self.number == other.number

    def __hash__(self) -> int:
        return hash(self.number)

    def __repr__(self) -> str:
        return f"<{self.form}>"

    def __deepcopy__(self, _memo: dict[int, Any]) -> "Handle":
        return self


class Unsent(Remote):
    """Stands in the judge's process for a value that did not come; ``form`` is its type's name where that is known.

    Whatever is asked of it gives the error that there was.
    """

    def __init__(self, error: Exception, form: str):
        self.error, self.form = error, form

    def through(self, operation: Operation) -> Callable[..., Any]:
        """Return what raises the error."""

        def fail(*_arguments: Any, **_keywords: Any) -> Any:
            raise self.error

        return fail

    def __repr__(self) -> str:
        return f"<{self.form}>"

    def __deepcopy__(self, _memo: dict[int, Any]) -> "Unsent":
        return self


def unsent(error: Exception) -> Any:
    """Return what stands for a value that did not come: for a placeholder, which travels nowhere, that itself."""
    form = str(error).rpartition(" of type ")[2][:MAX_FORM]
    if form == "ellipsis":
        return ...
    return Unsent(error, form if form.isidentifier() else "object")


class Proxy(Remote):
    """Stands in the judge's namespace for a function of a program: calling it calls that one.

    Args:
        call: what does it, like `Sandbox.call`.
        target: the function's name, or the object that ``operations`` make something callable of.
        name: what it is called in messages, by default its ``target``.
        operations: what is done to it first, see `capas_check.operations`.
    """

    def __init__(
        self, call: Callable[..., Any], target: str | Handle, name: str = "", operations: Sequence[Operation] = ()
    ):
        self._call, self._target, self.operations = call, target, list(operations)
        self.__name__ = name or str(target)

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        """Call the function in its sandbox, with the errors of `Sandbox.call`."""
        if self.operations:
            return self._call(self._target, arguments, keywords, self.operations)
        return self._call(self._target, arguments, keywords)

    def through(self, operation: Operation) -> "Proxy":
        """Return what is called like that which ``operation`` makes of the function."""
        return Proxy(self._call, self._target, self.__name__, [*self.operations, operation])

    def __deepcopy__(self, _memo: dict[int, Any]) -> "Proxy":
        return self  # as a function would


def with_handles(value: Any, sandbox: Any) -> Any:
    """Return a value that came from a sandbox with a handle for each of its objects."""
    if isinstance(value, ObjectReference):
        return Handle(sandbox, value.number, value.type_name)
    if type(value) is list or type(value) is tuple:
        return type(value)(with_handles(item, sandbox) for item in value)
    if type(value) is dict:
        return {key: with_handles(item, sandbox) for key, item in value.items()}
    return value


def exception_of(name: str, text: str, bases: Sequence[str]) -> Exception:
    """Return an exception of this name and text, so that a message says of it what Python would.

    It is one of Python's own, or derives from ``bases``, which are; what is no Exception comes out as RuntimeError.
    """
    for kind in _exception_classes(name, bases):
        with contextlib.suppress(Exception):  # UnicodeDecodeError and its like need more than a text
            return kind(_Verbatim(text))
    return RuntimeError(f"{name}: {text}")


def name_of_exception(name: str, bases: Sequence[str]) -> str:
    """Return ``name``, or a base's where it is none that a class statement could give: it goes into ids and tables."""
    return next((known for known in (name, *bases) if known.isidentifier()), "Exception")


def _exception_classes(name: str, bases: Sequence[str]) -> Iterator[type[Exception]]:
    if own := _python_exception(name):
        yield own
    known = [kind for base in bases if (kind := _python_exception(base))]
    for begin in range(len(known)):
        with contextlib.suppress(Exception):  # a name that no class may have, bases that do not go together
            yield type(name, tuple(known[begin:]), {})


def _python_exception(name: str) -> type[Exception] | None:
    kind = getattr(builtins, name, None)
    return kind if isinstance(kind, type) and issubclass(kind, Exception) else None


class _Verbatim(str):
    """Text that stays as it is in a KeyError, which would put it in quotes once more."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def change_in_place(argument: Any, changed: Any) -> None:
    """Make ``argument`` what a program made of its copy."""
    with contextlib.suppress(ValueError, TypeError, OverflowError, AttributeError):
        if isinstance(argument, np.ndarray):
            if isinstance(changed, np.ndarray) and changed.size == argument.size:
                argument.shape = changed.shape
            argument[...] = changed
        elif isinstance(argument, tuple) and isinstance(changed, tuple):
            for item, changed_item in zip(argument, changed, strict=False):
                change_in_place(item, changed_item)
        elif isinstance(argument, list) and isinstance(changed, list):
            argument[:] = changed
        elif (isinstance(argument, dict) and isinstance(changed, dict)) or (
            isinstance(argument, set) and isinstance(changed, set)
        ):
            argument.clear()
            argument.update(changed)
        elif is_tabular(argument) and type(changed) is type(argument):
            _update_table(argument, changed)


def _update_table(table: Any, changed: Any) -> None:
    table._update_inplace(changed)  # pandas has no other way for all that may have changed at once


def warn_again(given: Sequence[tuple[str, str]]) -> None:
    """Warn as the function did, for a case that looks at warnings."""
    known = {"RuntimeWarning": RuntimeWarning, "DeprecationWarning": DeprecationWarning}
    for category, text in given[:MAX_WARNINGS]:
        warnings.warn(text[:MAX_WARNING_TEXT], known.get(category, UserWarning), stacklevel=4)
