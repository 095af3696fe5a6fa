"""The functions of ours that a program may call: those that stand for names of it, and arguments of a call."""

import contextlib
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from capas.sandbox import wire
from capas.sandbox.errors import CallCrashed
from capas.sandbox.planned import KnownAnswer, KnownAnswers, is_always_the_same
from capas.sandbox.reach import TOO_MANY, refuse_too_much
from capas.sandbox.values import Handle
from capas_check.printing import Listener

MAX_NUMBERS_A_CALL = 1_000_000
"""About how many numbers one call may hand to functions of ours: more than any case needs."""


class GivenFunctions:
    """What one sandbox may call here, by number.

    Args:
        sandbox: where the program is; only objects of it travel there.
    """

    def __init__(self, sandbox: Any):
        self._sandbox = sandbox
        self._permanent: list[Callable[..., Any]] = []
        self._functions: list[Callable[..., Any]] = []
        self._numbers_handed = 0
        self._call: tuple[Any, ...] = ()
        self._known: KnownAnswers | None = None
        self.lasting = False
        """Whether arguments of a call may be called after it too, until they are forgotten."""

    def replace(self, answers: Mapping[str, Any]) -> tuple[dict[str, int], dict[str, Any]]:
        """Give functions for as long as the sandbox lives; return their numbers, and as they travel all other values.

        Both are by name.
        """
        functions = {name: answer for name, answer in answers.items() if callable(answer)}
        self._permanent += [answer for answer in functions.values() if answer not in self._permanent]
        self.forget()
        names = {name: wire.PERMANENT + self._permanent.index(answer) for name, answer in functions.items()}
        return names, {name: wire.pack(answer) for name, answer in answers.items() if name not in functions}

    def begin_call(
        self, functions: Sequence[Callable[..., Any]] = (), call: int = 0, known: KnownAnswers | None = None
    ) -> None:
        """Give the functions that are arguments of the next call; those of the last are forgotten, unless they last.

        What functions answered in the same ``call`` of another sandbox is ``known``, and is added to; without it every
        callback is answered anew, for a function may do more than answer.
        """
        self._numbers_handed = 0
        self._call, self._known = (call, *self._permanent), known
        if not self.lasting:
            self.forget()
        self._functions += functions

    def forget(self) -> None:
        """Forget the functions that were arguments of calls."""
        self._functions = []

    def _function(self, number: int) -> Callable[..., Any]:
        """Return the function with this number; WireError where there is none."""
        place, functions = (
            (number - wire.PERMANENT, self._permanent) if number >= wire.PERMANENT else (number, self._functions)
        )
        if not 0 <= place < len(functions):
            raise wire.WireError("a callback to no function")
        return functions[place]

    def refer(self, value: Any) -> wire.Reference | None:
        """Return what travels of an argument that is an object of the sandbox, or a function, which is given by that.

        Raises:
            CallCrashed: for an object of a sandbox that has ended.
        """
        if isinstance(value, Handle) or not callable(value):
            return self.refer_object(value)
        for first, functions in ((wire.PERMANENT, self._permanent), (0, self._functions)):
            for number, function in enumerate(functions, first):
                if function is value:
                    return wire.FunctionReference(number)
        self._functions.append(value)
        return wire.FunctionReference(len(self._functions) - 1)

    def refer_object(self, value: Any) -> wire.ObjectReference | None:
        """Return what travels of an object of the sandbox, None for everything else."""
        return wire.ObjectReference(self.number_of(value)) if isinstance(value, Handle) else None

    def number_of(self, handle: Handle) -> int:
        """Return an object's number; CallCrashed when its sandbox is another one."""
        if handle.sandbox is not self._sandbox:
            raise CallCrashed("the object is gone with the process that it was in")
        return handle.number

    def known_answer(self, request: bytes) -> bytes | None:
        """Return the answer to a callback, as both travel, where the same was asked in the same call before."""
        known = self._known.find(self._call, request) if self._known is not None else None
        if known is None or self._numbers_handed + known.numbers > MAX_NUMBERS_A_CALL:
            return None
        self._numbers_handed += known.numbers
        return known.data

    def answer_and_know(self, request: wire.CallBack, data: bytes) -> bytes:
        """Answer a callback that came as ``data``, with the errors of `answer`, and know the answer from then on."""
        before = self._numbers_handed
        answer = wire.framed(wire.encode(self.answer(request)))
        if self._known is not None and is_always_the_same(self._function(request.function)) and _is_plain(request):
            self._known.keep(self._call, data, KnownAnswer(answer, self._numbers_handed - before))
        return answer

    def answer(self, request: wire.CallBack) -> wire.Returned | wire.Raised:
        """Call the function that a program asks for.

        Raises:
            WireError: when there is no such function.
        """
        function, functions = self._function(request.function), self._functions
        try:
            listener = Listener()
            with warnings.catch_warnings(), contextlib.redirect_stdout(listener):
                warnings.simplefilter("ignore")
                self._numbers_handed += refuse_too_much([*request.arguments, *request.keywords.values()])
                if self._numbers_handed > MAX_NUMBERS_A_CALL:
                    raise ValueError(TOO_MANY)
                arguments = [self._sandbox.restored(argument) for argument in request.arguments]
                value = function(*arguments, **self._sandbox.restored(request.keywords))
            packed = wire.pack(self._sandbox.sendable(value), self.refer_object)
            return wire.Returned(request.number, packed, printed=listener.text())
        except Exception as error:
            if self._sandbox.dead:  # a call inside this one was its end
                raise
            return wire.Raised(request.number, type(error).__name__, str(error)[:500])
        finally:
            self._functions = functions


def _is_plain(request: wire.CallBack) -> bool:
    """Tell whether nothing of the program is handed over that may change, or be asked in its turn."""
    try:
        wire.pack([request.arguments, request.keywords])
    except wire.WireError:
        return False
    return True
