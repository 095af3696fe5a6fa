"""The names of a program as the judge's test files take them: functions that are called, values that are fetched."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from capas.sandbox.errors import SandboxError
from capas.sandbox.planned import Answer, PlannedCall
from capas.sandbox.values import Handle, Proxy, unsent
from capas.sandbox.wire import Unread
from capas_check.operations import Operation

if TYPE_CHECKING:
    from capas.sandbox.host import Sandbox
    from capas.sandbox.program import Program


class Namespace(dict[str, Any]):
    """A dict of the program's names: functions are proxies, other values are fetched when asked for."""

    def __init__(self, program: "Program"):
        super().__init__({name: Proxy(program.call, name) for name in program.loaded.functions})
        self._functions = set(program.loaded.functions)
        self._values = set(program.loaded.values)
        self._program = program

    @property
    def asked(self) -> int:
        """How often anything was asked of the student's code."""
        return self._program.asked

    @property
    def shared(self) -> "SharedCalls":
        """The calls that its cases share."""
        return self._program.shared

    def __missing__(self, key: str) -> Any:
        self._program.asked += 1
        raise KeyError(key)

    def get(self, key: str, default: Any = None, /) -> Any:
        """Return the value of ``key``, `Unsent` where that may not travel, or ``default`` when there is none."""
        if key not in self._functions:
            self._program.asked += 1
        if key not in self and key in self._values:
            try:
                self[key] = self._program.get(key)
            except SandboxError as error:
                self[key] = unsent(error)
            except Exception:  # it is gone
                return default
        return super().get(key, default)


class SharedCalls(list[Any]):
    """Calls of a program that several cases look at, see `capas_check.measures.once`.

    The one that was the first thing asked of a sandbox stays when another sandbox goes on, which would answer the same:
    what takes long is not done again for nothing.
    """

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0
        """How often this sandbox was asked anything."""
        self._first: list[Any] = []

    def append(self, call: Any, /) -> None:
        """Add a call that was just made."""
        self._first += [call] if self.asked == 1 else []
        super().append(call)

    def begin_anew(self) -> None:
        """Go on with a sandbox of which nothing was asked."""
        self[:], self.asked = self._first, 0

    def clear(self) -> None:
        """Forget all calls."""
        self._first.clear()
        super().clear()


class Answers(NamedTuple):
    """What came of planned calls, by their numbers, and the sandbox that answered."""

    sandbox: "Sandbox | None"
    by_number: dict[int, Answer]

    def forget_end(self) -> None:
        """Forget the answer that is the end of the process: it may be the doing of a call before, already answered."""
        for number, answer in list(self.by_number.items()):
            if isinstance(answer.reply, SandboxError):
                del self.by_number[number]

    def data(self, calls: Sequence[PlannedCall]) -> list[bytes] | None:
        """Return the results of calls as they came, None where there is not one of each."""
        found = [self.by_number.get(call.number) for call in calls]
        data = [one.reply.data for one in found if one is not None and isinstance(one.reply, Unread)]
        return data if len(data) == len(calls) else None

    def seconds(self, calls: Sequence[PlannedCall]) -> float:
        """Return how long calls took that have been answered."""
        return sum(self.by_number[call.number].seconds for call in calls)


NO_ANSWERS = Answers(None, {})


class Replay(Namespace):
    """A program's names for one case, whose calls were answered ahead.

    The case gets these answers as long as it makes the planned calls, one by one; from the first other call on, or
    the first without an answer, the program is called.

    Args:
        program: whose names they are.
        calls: those that the case is expected to make.
        answers: what came of them.
    """

    def __init__(self, program: "Program", calls: Sequence[PlannedCall], answers: Answers):
        super().__init__(program)
        self.update({name: Proxy(self._call, name) for name in program.loaded.functions})
        self._calls, self._answers = calls, answers
        self._place = 0
        self.is_live = False
        """Whether the program has been called."""
        self.printing: set[str] = set()
        """Functions that wrote something to the screen."""

    @property
    def made(self) -> Sequence[PlannedCall]:
        """The planned calls that the case has made."""
        return self._calls[: self._place]

    def _call(
        self,
        target: str | Handle,
        arguments: tuple[Any, ...],
        keywords: dict[str, Any],
        operations: Sequence[Operation] = (),
    ) -> Any:
        if not self.is_live and not operations and self._place < len(self._calls):
            planned = self._calls[self._place]
            answer = self._answers.by_number.get(planned.number)
            if answer is not None and planned.is_call(target, arguments, keywords):
                self._place += 1
                return self._take(planned, answer, [*arguments, *keywords.values()])
        self.is_live = True
        return self._program.call(target, arguments, keywords, operations)

    def _take(self, planned: PlannedCall, answer: Answer, given: Sequence[Any]) -> Any:
        sandbox = self._answers.sandbox
        assert sandbox is not None  # it has answered
        try:
            return self._program.take(planned, answer, sandbox, given)
        finally:
            if sandbox.printed.strip():
                self.printing.add(planned.target)
