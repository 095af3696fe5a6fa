"""Statements about a variable, a name that has a value.

As in this line::

variable(gravity=gravity).returns(9.81)
"""

from collections.abc import Callable
from typing import Any

import capas_check.members  # noqa: F401  an operation of it is used
from capas_check.operations import through
from capas_check.statements import Call, CheckFailure
from capas_check.texts import Texts

IS = {
    "nothing": "is_nothing",
    "nothing_of_shape": "is_nothing_of_shape",
    "shape": "is_of_shape",
    "length": "is_of_length",
    "too_large": "is_too_large",
    "unsendable": "is_unsendable",
    "generator": "is_a_generator",
    "coroutine": "is_a_coroutine",
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
        failure = super()._failure(kind, IS.get(key, key), place, **values)
        return CheckFailure(kind, lambda say: failure.sentence(_of_a_value(say)))


def _of_a_value(say: Texts) -> Texts:
    """Return the sentences with "is" where of a call they say that it returned something."""
    returned, is_ = say["call_returned"], say["call_is"]
    return Texts({key: sentence.replace(returned, is_) for key, sentence in say.items()})
