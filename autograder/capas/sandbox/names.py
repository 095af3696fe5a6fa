"""The names of a program as the judge's test files take them: functions that are called, values that are fetched."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from capas.sandbox.errors import SandboxError
from capas.sandbox.planned import Answer, PlannedCall
from capas.sandbox.values import Handle, Proxy, unsent
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


class Answers(NamedTuple):
    """What came of planned calls, by their numbers, and the sandbox that answered."""

    sandbox: "Sandbox"
    by_number: dict[int, Answer]

    def forget_end(self) -> None:
        """Forget the answer that is the end of the process: it may be the doing of a call before, already answered."""
        for number, answer in list(self.by_number.items()):
            if isinstance(answer.reply, SandboxError):
                del self.by_number[number]


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
        self._calls, self._answers = list(calls), answers
        self.update({name: Proxy(self._call, name) for name in program.loaded.functions})
        self.is_live = False
        """Whether the program has been called."""

    def _call(
        self,
        target: str | Handle,
        arguments: tuple[Any, ...],
        keywords: dict[str, Any],
        operations: Sequence[Operation] = (),
    ) -> Any:
        if self._calls and not operations:
            planned = self._calls[0]
            answer = self._answers.by_number.get(planned.number)
            if answer is not None and planned.is_call(target, arguments, keywords):
                del self._calls[0]
                return self._program.take(planned, answer, self._answers.sandbox, [*arguments, *keywords.values()])
        self._calls.clear()
        self.is_live = True
        return self._program.call(target, arguments, keywords, operations)
