"""Statements about objects, whatever class they are of: what their methods return, and their attributes.

As in these lines::

pendulum = call(Pendulum, 2.0)
method(pendulum, "period", 9.81).returns(2.837, rtol=1e-3)
attribute(pendulum, "length").returns(2.0)
"""

import builtins
from collections.abc import Callable
from typing import Any

from capas_check.operations import Remote, through
from capas_check.show import show
from capas_check.statements import Call, CheckFailure
from capas_check.variables import Variable

FUNCTIONS = {"__str__": "str", "__repr__": "repr", "__len__": "len", "__bool__": "bool"}
SIGNS = {
    "__eq__": "==",
    "__ne__": "!=",
    "__lt__": "<",
    "__le__": "<=",
    "__gt__": ">",
    "__ge__": ">=",
    "__add__": "+",
    "__sub__": "-",
    "__mul__": "*",
    "__truediv__": "/",
    "__matmul__": "@",
    "__pow__": "**",
}
"""What Python writes instead of a method of this name."""
LIBRARIES = ("numpy", "pandas", "datetime")
"""Where types of plain data are, besides Python's own."""


def method(target: Any, name: str, *arguments: Any, **keywords: Any) -> "MethodCall":
    """Call a method of an object, which may be the result of a call, once; CheckFailure where there is no object.

    Methods with a sign or function of their own do what these do: ``"__eq__"``, ``"__str__"``, ``"__len__"``.
    """
    given = tuple(one.value if isinstance(one, Call) else one for one in arguments)
    return MethodCall(through(_object(target, name), "method", name=name), target, name, (arguments, given), keywords)


def attribute(target: Any, name: str) -> "Attribute":
    """Return an attribute of an object, about which statements are made as about a variable."""
    return Attribute(through(_object(target, name), "attribute", name=name), target, name)


def _object(target: Any, name: str) -> Any:
    """Return the object itself; CheckFailure when it came to an error, or is plain data."""
    value = target.value if isinstance(target, Call) else target
    if not isinstance(value, Remote) and not callable(value) and _is_plain(value):
        kind = "nothing" if value is None else "type"
        raise CheckFailure(kind, lambda say: say("no_object", call=_text(target), returned=show(value), member=name))
    return value


def _is_plain(value: Any) -> bool:
    """Tell whether a value is plain data: nobody was to write methods of it."""
    kind = type(value)
    is_of_python = value is None or kind is getattr(builtins, kind.__name__, None)
    return is_of_python or str(kind.__module__).partition(".")[0] in LIBRARIES


def _text(target: Any) -> str:
    return target.text if isinstance(target, Call) else show(target)


class _OfAMember(Call):
    """What a member of an object came to: an object may lack it."""

    _object, _member = "", ""

    @property
    def error_kind(self) -> str:
        """As of any call, or "missing_member"."""
        return "missing_member" if type(self.error).__name__ == "MemberError" else super().error_kind

    def _ended(self, error: BaseException) -> CheckFailure:
        if self.error_kind != "missing_member":
            return super()._ended(error)
        key = next((key for key in ("is_no_method", "no_attribute", "is_a_method") if key == str(error)), "no_method")
        return CheckFailure("missing_member", lambda say: say(key, object=self._object, member=self._member))


class MethodCall(_OfAMember):
    """A finished call of a method, written as a student would."""

    def __init__(
        self,
        called: Callable[..., Any],
        target: Any,
        name: str,
        arguments: tuple[tuple[Any, ...], tuple[Any, ...]],
        keywords: dict[str, Any],
    ):
        self._object, self._member = _text(target), name
        written, given = arguments
        self._written = written if any(isinstance(one, Call) for one in written) else ()
        super().__init__(called, given, keywords)

    @property
    def text(self) -> str:
        """The call as a student would write it: ``Pendulum(2.0).period(3)``, or ``len(Pendulum(2.0))``."""
        arguments = [*map(_text, self._written or self.arguments)]
        if self._member in FUNCTIONS:
            return f"{FUNCTIONS[self._member]}({self._object})"
        if self._member in SIGNS and len(arguments) == 1:
            return f"{self._object} {SIGNS[self._member]} {arguments[0]}"
        arguments += [f"{name}={show(value)}" for name, value in self.keywords.items()]
        return f"{self._object}.{self._member}({', '.join(arguments)})"


class Attribute(_OfAMember, Variable):
    """The value of an attribute, under what a student would write."""

    def __init__(self, read: Callable[[], Any], target: Any, name: str):
        self._object, self._member = _text(target), name
        super().__init__(read, f"{self._object}.{name}")
