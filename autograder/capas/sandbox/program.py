"""A submission's code as the judge sees it: a namespace of proxies over sandboxes that may die and come back."""

import contextlib
import time
from collections.abc import Mapping, Sequence, Set
from typing import Any

from capas.sandbox import (
    CallCrashed,
    CallTimedOut,
    CellError,
    CellReport,
    Handle,
    LeftOut,
    Limits,
    Loaded,
    ProgramSource,
    Sandbox,
    SandboxError,
    UnsendableArgument,
    Zygote,
)
from capas.sandbox.names import NO_ANSWERS, Answers, Namespace, SharedCalls
from capas.sandbox.planned import Answer, KnownAnswers, PlannedCall
from capas_check.operations import Operation

# `import otter` in a submission must neither take its 0.7 s nor bring the judge's classes into the sandbox; what
# checks a student's work beside them has no work to do here.
STAND_INS = ("otter", "capas_check", "check")
BUSY_SECONDS = 1.0
"""How long a sandbox that has nothing to do may take to say so."""
AGAIN_SECONDS = 0.25
"""How long a statement that was once interrupted may take when its program is loaded again."""


class Program(contextlib.AbstractContextManager["Program"]):
    """The functions of one submission.

    A sandbox that crashes is replaced by a fresh one for the next call. A function that timed out once is
    not called again: a loop costs its deadline once, not in every case.

    Args:
        zygote: where sandboxes come from.
        limits: deadlines; ``program_seconds`` bounds the time that all sandboxes of the program together keep us
            waiting, while they are called, and loaded again. What the judge does in between does not count.
        source: the program; plain cells are those of a notebook.
        replaced: names that stand for functions or values of ours once the cells have run, as `replace` makes them.
        left_out: what another `Program` of the same source found to hang.
        loaded: what is there once the program is loaded, where that is known: it is loaded when something is asked.

    Raises:
        SandboxError: when the cells cannot be run to their end.
    """

    def __init__(
        self,
        zygote: Zygote,
        limits: Limits,
        source: ProgramSource | Sequence[str],
        replaced: Mapping[str, Any] | None = None,
        left_out: Sequence[LeftOut] = (),
        loaded: Loaded | None = None,
    ):
        self._source = source if isinstance(source, ProgramSource) else ProgramSource(source)
        self._zygote = zygote.for_program(self._source.cells, self._source.tables, self._source.draws)
        self._limits = limits
        self._seconds_before = 0.0  # of sandboxes that are gone
        self._replaced = dict(replaced or {})
        self._timed_out: set[str] = set()
        self.printing: set[str] = set()
        """Functions that wrote something to the screen when they were called."""
        self.fresh = True
        """Whether nothing was called since the program was loaded, or `forget` was."""
        self.asked = 0
        """How often anything was asked of the student's code: calls, values, names that it lacks."""
        self.shared = SharedCalls()
        self._left_out = {one.cell: one for one in left_out}
        self._sandbox: Sandbox | None = None
        self.loaded = self._load_first() if loaded is None else loaded

    @property
    def left_out(self) -> list[LeftOut]:
        """The statements that are not run to their end when the program is loaded again."""
        return list(self._left_out.values())

    def _load_first(self) -> Loaded:
        """Load the program, once more without a cell that ended its process, or kept it, or filled its memory.

        That has a limit of its own, and costs the calls nothing of theirs.
        """
        end = time.monotonic() + self._limits.load_seconds
        reports: list[CellReport] = []
        while True:
            sandbox = Sandbox(self._zygote, self._limits, self._source.data)
            try:
                loaded = sandbox.load(self._source, STAND_INS, self.left_out, max(end - time.monotonic(), 0.0))
                reports += loaded.reports
                if self._is_complete(loaded):
                    if self._replaced:
                        sandbox.replace(self._replaced)
                    sandbox.waited_seconds = 0.0
                    sandbox.caller = self.call
                    self._sandbox = sandbox
                    return Loaded(loaded.functions, loaded.values, _merged(reports))
                sandbox.close()
            except (CallTimedOut, CallCrashed) as error:
                sandbox.close()
                reports += [*sandbox.interrupted, self._without_the_last(sandbox.running, error)]
                if time.monotonic() > end:
                    raise
            except BaseException:
                sandbox.close()
                raise
            finally:
                self._shorten(sandbox.interrupted)

    def _shorten(self, interrupted: Sequence[CellReport]) -> None:
        """Give statements that were interrupted once less time when the program is loaded again."""
        for report in interrupted:
            self._left_out.setdefault(report.cell, LeftOut(report.cell, report.errors[0].line, AGAIN_SECONDS))

    def _is_complete(self, loaded: Loaded) -> bool:
        """Tell whether all cells were run; one that filled the memory was the last, and is left out from now on."""
        for report in loaded.reports:
            for error in report.errors:
                if error.kind == "memory":
                    is_known = report.cell in self._left_out
                    self._left_out[report.cell] = LeftOut(report.cell, 0 if is_known else error.line)
                    return False
        return True

    def _without_the_last(self, cell: int | None, error: CallTimedOut | CallCrashed) -> CellReport:
        """Leave out the cell at which a load ended, and report it; where it was left out already, that is the end."""
        known = None if cell is None else self._left_out.get(cell)
        if cell is None or (known is not None and not known.line):
            raise error
        self._left_out[cell] = LeftOut(cell)
        return CellReport(cell, [CellError("interrupted" if isinstance(error, CallTimedOut) else "crashed")])

    def _running(self) -> Sandbox:
        """Return the sandbox, or a fresh one where it has ended; SandboxError when it cannot be loaded again."""
        sandbox = self._living()
        if sandbox is None:
            sandbox = self._sandbox = self._restarted(self._sandbox)
        return sandbox

    def _living(self) -> Sandbox | None:
        return None if self._sandbox is None or self._sandbox.dead else self._sandbox

    def _restarted(self, before: Sandbox | None) -> Sandbox:
        if before is not None:
            self._seconds_before += before.waited_seconds
            before.waited_seconds = 0.0
        sandbox = Sandbox(self._zygote, self._limits, self._source.data)
        sandbox.caller = self.call
        try:
            # Its functions and values are those of the first time.
            sandbox.load(self._source, STAND_INS, self.left_out)
            if self._replaced:
                sandbox.replace(self._replaced)
        except BaseException:
            sandbox.close()
            self._seconds_before += sandbox.waited_seconds
            raise
        if before is None:
            sandbox.waited_seconds = 0.0  # loading for the first time costs the calls nothing of theirs
        return sandbox

    @property
    def waited_seconds(self) -> float:
        """How long the program has kept us waiting, in all its sandboxes."""
        return self._seconds_before + (self._sandbox.waited_seconds if self._sandbox is not None else 0.0)

    def call(
        self,
        target: str | Handle,
        arguments: tuple[Any, ...],
        keywords: dict[str, Any],
        operations: Sequence[Operation] = (),
    ) -> Any:
        """Call a function or an object of the program, with the errors of `Sandbox.call`."""
        self.asked += 1
        function = target if isinstance(target, str) else f"{target.form}: {operations}"
        self._refuse_if_late(function)
        sandbox = self._running()
        self.fresh = False
        self.shared.asked += 1
        try:
            return sandbox.call(target, arguments, keywords, operations)
        except CallTimedOut:
            self._timed_out.add(function)
            raise
        except UnsendableArgument:
            self.asked -= 1
            raise
        finally:
            if sandbox.printed.strip():
                self.printing.add(function)

    def ask_ahead(self, calls: Sequence[PlannedCall], known: KnownAnswers | None = None) -> Answers:
        """Send calls in one piece and return what came of them, with which `take` goes on when they are made.

        There are no answers to those after one that ended the process, and none where it cannot be asked.
        """
        left = self._limits.program_seconds - self.waited_seconds
        if not calls or left <= 0:
            return NO_ANSWERS
        try:
            sandbox = self._running()
        except SandboxError:  # whoever calls a function is told
            return NO_ANSWERS
        self.fresh = False
        self.shared.asked += 1
        answers = sandbox.ask_ahead(calls, left, known)
        return Answers(sandbox, {call.number: answer for call, answer in zip(calls, answers, strict=False)})

    def take(self, call: PlannedCall, answer: Answer, sandbox: Sandbox, given: Sequence[Any]) -> Any:
        """Do what ``call`` does, of a call with the arguments ``given`` that ``sandbox`` has answered."""
        self.asked += 1
        self._refuse_if_late(call.target)
        self._seconds_before += answer.seconds
        try:
            return sandbox.result_of(answer, given)
        except CallTimedOut:
            self._timed_out.add(call.target)
            raise
        finally:
            if sandbox.printed.strip():
                self.printing.add(call.target)

    def count_taken(self, calls: Sequence[PlannedCall], seconds: float, printing: Set[str]) -> None:
        """Be as if answered calls that took ``seconds`` had been taken, of which those of some functions printed."""
        self.asked += len(calls)
        self._seconds_before += seconds
        self.printing |= printing

    def has_time_for(self, functions: Set[str], seconds: float = 0.0) -> bool:
        """Tell whether functions are still called when so many more ``seconds`` are used up."""
        left = self._limits.program_seconds - self.waited_seconds - seconds
        return left > 0 and self._timed_out.isdisjoint(functions)

    def _refuse_if_late(self, function: str) -> None:
        if not self.has_time_for({function}):
            raise CallTimedOut("its time is used up")

    def replace(self, functions: Mapping[str, Any]) -> None:
        """From now on these names of the program, and no others, stand for ``functions``, or values, of ours.

        Raises:
            SandboxError: when the program does not answer.
        """
        if not self._replaced.keys() <= functions.keys():
            self.forget()  # names cannot be given back
        self._replaced = dict(functions)
        self.shared.clear()
        if (sandbox := self._living()) is not None:
            sandbox.replace(functions)

    def forget(self) -> None:
        """Go on in a fresh sandbox, which knows nothing of the calls so far."""
        self.close()
        self.fresh = True
        self.shared.begin_anew()

    def end_if_busy(self) -> None:
        """Go on in a fresh sandbox when this one is still at something, though it has answered all that was asked."""
        if (sandbox := self._living()) is not None:
            with contextlib.suppress(Exception):
                sandbox.get("", BUSY_SECONDS)

    def namespace(self) -> Namespace:
        """Return what the judge's test files take for the namespace of an executed notebook."""
        return Namespace(self)

    def get(self, name: str) -> Any:
        """Return the value of a name that is not a function, with the errors of `Sandbox.get`."""
        self._refuse_if_late(name)
        sandbox = self._running()
        try:
            return sandbox.get(name)
        except CallTimedOut:
            self._timed_out.add(name)
            raise

    def close(self) -> None:
        """End the program's process, if there is one."""
        if self._sandbox is not None:
            self._sandbox.close()

    def __exit__(self, *_exception: object) -> None:
        self.close()


def _merged(reports: Sequence[CellReport]) -> list[CellReport]:
    """Return one report a cell, in the order of the cells, each error once."""
    errors: dict[int, list[CellError]] = {}
    for report in reports:
        own = errors.setdefault(report.cell, [])
        own += [error for error in report.errors if error not in own]
    return [CellReport(cell, errors[cell]) for cell in sorted(errors)]
