"""What a statement asks of an object, done where that one is: a value itself, its methods, its attributes."""

import inspect
import operator
from collections.abc import Callable
from typing import Any

from capas_check.operations import OPERATIONS


class MemberError(AttributeError):
    """An object lacks what a statement asks for, or has something else there: the text is the key of a sentence."""


def value(target: Any) -> Callable[[], Any]:
    """Return what gives ``target`` itself: a value that may be in another process."""
    return lambda: target


def method(target: Any, name: str) -> Callable[..., Any]:
    """Return the method ``name`` of an object: of ``__eq__`` and its like what ``==`` does, of ``__str__`` ``str``."""

    def call_method(*arguments: Any, **keywords: Any) -> Any:
        if special := SPECIAL.get(name):
            # What Python writes of any object, its place in memory, is nothing that anybody defined.
            if special in (str, repr) and _defines_no_text(type(target)):
                raise MemberError("no_method")
            return special(target, *arguments)
        member = _member(target, name, "no_method")
        if not callable(member):
            raise MemberError("is_no_method")
        return member(*arguments, **keywords)

    return call_method


def attribute(target: Any, name: str) -> Callable[[], Any]:
    """Return what gives the attribute ``name`` of an object."""

    def get_attribute() -> Any:
        member = _member(target, name, "no_attribute")
        if inspect.isroutine(member):
            raise MemberError("is_a_method")
        return member

    return get_attribute


SPECIAL: dict[str, Callable[..., Any]] = {
    **{name: one for name, one in vars(operator).items() if name.endswith("__") and inspect.isbuiltin(one)},
    "__str__": str,
    "__repr__": repr,
    "__len__": len,
    "__bool__": bool,
}
"""What Python writes otherwise than as a call of a method."""


def _defines_no_text(kind: type) -> bool:
    return kind.__str__ is object.__str__ and kind.__repr__ is object.__repr__


def _member(target: Any, name: str, lacking: str) -> Any:
    try:
        return getattr(target, name)
    except AttributeError as error:
        if error.name == name and error.obj is target:
            raise MemberError(lacking) from None
        raise  # of something else, in a property


OPERATIONS |= {"value": value, "method": method, "attribute": attribute}
