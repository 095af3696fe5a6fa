"""Calls that are packed once and sent to many sandboxes, a piece of them at a time, before anybody looks at an answer.

A piece is read whole by a sandbox before it answers the first of its calls. So what code may not know of yet must be
in a later piece, which is sent when all answers to this one are here.
"""

import functools
import inspect
import types
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from capas.sandbox import wire
from capas.sandbox.errors import SandboxError

FIRST_NUMBER = 1_000_000
"""Of planned calls: more than there ever are of others, which are counted from 1."""
MAX_KNOWN_BYTES, MAX_ALL_KNOWN_BYTES = 10_000, 2**24
"""Of a callback whose answer is kept, and of all such."""
CONSTANTS = (types.ModuleType, types.BuiltinFunctionType, type, np.ufunc, bool, int, float, complex, str, bytes)
"""What a function may read without changing from call to call."""


class KnownAnswer(NamedTuple):
    """What a function of ours answered a callback, as it travels, and how many ``numbers`` it had been handed."""

    data: bytes
    numbers: int


class KnownAnswers:
    """What functions of ours that always answer the same answered in planned calls; the oldest are forgotten."""

    def __init__(self) -> None:
        self._known: dict[tuple[tuple[Any, ...], bytes], KnownAnswer] = {}
        self._bytes = 0

    def find(self, call: tuple[Any, ...], request: bytes) -> KnownAnswer | None:
        """Return the answer to a callback that came as ``request`` in a planned call, by all that is given in it."""
        return self._known.get((call, request))

    def keep(self, call: tuple[Any, ...], request: bytes, answer: KnownAnswer) -> None:
        """Keep an answer, if it is short."""
        size = len(request) + len(answer.data)
        if size > MAX_KNOWN_BYTES:
            return
        while self._known and self._bytes + size > MAX_ALL_KNOWN_BYTES:
            oldest = next(iter(self._known))
            self._bytes -= len(oldest[1]) + len(self._known.pop(oldest).data)
        self._known[call, request] = answer
        self._bytes += size


class PlannedCall(NamedTuple):
    """A call of the function ``target``, as bytes with its ``number``, and the functions of ours that it hands over."""

    number: int
    target: str
    data: bytes
    functions: tuple[Callable[..., Any], ...]

    def is_call(self, target: Any, arguments: Sequence[Any], keywords: Mapping[str, Any]) -> bool:
        """Tell whether this is the same call, byte for byte."""
        if target != self.target:
            return False
        other = planned_call(self.number, self.target, arguments, keywords)
        return (
            other is not None
            and other.data == self.data
            and all(map(_is_same_function, other.functions, self.functions))
        )


class Answer(NamedTuple):
    """What came of a planned call: its result, or how it ended its process; and how many ``seconds`` it took."""

    reply: wire.Unread | SandboxError
    seconds: float


def planned_call(number: int, target: str, arguments: Sequence[Any], keywords: Mapping[str, Any]) -> PlannedCall | None:
    """Return a call packed, None where it cannot be sent before it is made.

    That is so of what is no plain data, of objects of a sandbox, and of functions that are not always the same.
    """
    functions: list[Callable[..., Any]] = []

    def refer(value: Any) -> wire.FunctionReference | None:
        if not is_always_the_same(value):
            return None
        functions.append(value)
        return wire.FunctionReference(len(functions) - 1)

    try:
        packed = [wire.pack(argument, refer) for argument in arguments]
        packed_keywords = {name: wire.pack(value, refer) for name, value in keywords.items()}
        message = wire.CallFunction(number, target, packed, packed_keywords)
        return PlannedCall(number, target, wire.framed(wire.encode(message)), tuple(functions))
    except wire.WireError:
        return None


@functools.lru_cache(maxsize=1000)
def is_always_the_same(value: Any) -> bool:
    """Tell whether a function gives the same whenever it is called, as it reads nothing that could change.

    A function of ours that writes somewhere what it is called with would do so too early, too.
    """
    if isinstance(value, np.ufunc):
        return True
    return isinstance(value, types.FunctionType) and _reads_no_state(inspect.unwrap(value), set())


def _reads_no_state(function: Any, seen: set[Any]) -> bool:
    if not isinstance(function, types.FunctionType) or function in seen:
        return function in seen
    seen.add(function)
    if function.__closure__ or function.__defaults__ or function.__kwdefaults__:
        return False
    read = [function.__globals__[name] for name in function.__code__.co_names if name in function.__globals__]
    return all(isinstance(value, CONSTANTS) or _reads_no_state(inspect.unwrap(value), seen) for value in read)


def _is_same_function(one: Any, other: Any) -> bool:
    if one is other:
        return True
    plain = all(isinstance(function, types.FunctionType) and not function.__closure__ for function in (one, other))
    return plain and one.__code__ is other.__code__
