"""Statements about a variable, a name that has a value.

As in this line::

variable(gravity=gravity).returns(9.81)
"""

from collections.abc import Callable
from typing import Any

import capas_check.members  # noqa: F401  an operation of it is used
from capas_check.operations import through
from capas_check.statements import Call, CheckFailure

IS = {
    "value": "is_value",
    "nothing": "is_nothing",
    "nothing_of_shape": "is_nothing_of_shape",
    "not_finite": "is_not_finite",
    "type": "is_of_type",
    "not_numbers": "is_not_numbers",
    "shape": "is_of_shape",
    "length": "is_of_length",
    "not_a_sequence": "is_not_a_sequence",
    "too_large": "is_too_large",
    "unsendable": "is_unsendable",
    "generator": "is_a_generator",
}
"""Sentences of a value that nobody returned, instead of those about calls."""


def variable(*unnamed: Any, **named: Any) -> "Variable":
    """Return what statements are made about: a variable by its name; CheckFailure when it has no value."""
    if unnamed or len(named) != 1:
        raise TypeError("variable() takes one variable by its name: variable(gravity=gravity)")
    ((name, value),) = named.items()
    if value is None or value is ...:
        raise CheckFailure("missing", lambda say: say("no_value", name=name))
    if callable(value):
        raise CheckFailure("not_a_value", lambda say: say("not_a_value", name=name))
    return Variable(through(value, "value"), name)


class Variable(Call):
    """A value under its name, as a finished call that nobody wrote; ``read`` gives it."""

    def __init__(self, read: Callable[[], Any], name: str):
        self._name = name
        super().__init__(read, (), {})

    @property
    def text(self) -> str:
        """The name, or how a student would write it."""
        return self._name

    def _failure(self, kind: str, key: str = "", place: tuple[int, ...] = (), **values: Any) -> CheckFailure:
        key = key or kind
        return super()._failure(kind, IS.get(key, key), place, **values)
