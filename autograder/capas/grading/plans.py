"""Plans: the calls that a right answer gets in each case, recorded once and sent ahead to every submission.

    cases on the reference ──record──▶ calls, packed ──public ones of all questions──▶ sandbox ──▶ answers
                                                      ──then the hidden ones────────▶         ──▶ answers
    cases on names that answer from these ──▶ verdicts      (`capas.sandbox.names.Replay`)

A sandbox knows of no hidden input before all public answers are here. The judge runs cases as ever; it only finds that
the program has answered already. Where a case makes another call than the reference had, or the sandbox ended before it
answered, the program is called as without a plan. Code may tell that it was called more often than a failing case
would have. So a question that fails is asked again by a fresh sandbox just the calls that its cases made: where all
answers are the same to the byte, that is its verdict; where not, it is judged again as without a plan.

The runs of cases are remembered with the answers that they got (`capas.grading.remembered`).

A case has no plan where it does more than call functions of the program with plain data and functions of the test
file that read no state: operations, objects, variables.
"""

import contextlib
import io
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from capas.grading.cases import JudgeFile, case_function, case_parameters, takes_all_names
from capas.grading.otter_files import sharing
from capas.grading.remembered import RememberedRuns, RunsByCode
from capas.grading.stateless import Stateless
from capas.sandbox import Loaded, ProgramSource
from capas.sandbox.planned import FIRST_NUMBER, KnownAnswers, PlannedCall, planned_call
from capas.sandbox.simplify import simplify
from capas.sandbox.wire import WireError, pack
from capas.sandbox.wire.values import encode_plain
from capas_check.operations import Local, Operation, Remote

MAX_CASE_BYTES = 2**20
"""Of the answers to one case: what is larger is not held until the case is run."""

MAX_LOADED = 500
"""Of the programs of which it is remembered what they define: texts of some 1,000 characters."""

Plan = list[PlannedCall]
"""The calls of a case, in order."""


class Plans:
    """The plans of a stage's cases.

    Args:
        test_files: the cases.
        reference: the names of right answers.
    """

    def __init__(self, test_files: Sequence[JudgeFile], reference: Mapping[str, Any]):
        self._numbers = itertools.count(FIRST_NUMBER)
        self.remembered = RememberedRuns()
        """What came of cases that were answered ahead."""
        self.by_code = RunsByCode(self.remembered)
        self._loaded: dict[tuple[str, bool], Loaded] = {}
        self.known_answers = KnownAnswers()
        """What functions of ours answered in planned calls."""
        self._plans: dict[Callable[..., Any], Plan] = {}
        with sharing():
            for test_file in test_files:
                for case in test_file.test_cases:
                    plan = self._record(test_file, case, reference)
                    if plan:
                        self._plans[case_function(case)] = plan

    def plan_of(self, case: Any) -> Plan:
        """Return the calls of a case, none where it has no plan."""
        return self._plans.get(case_function(case), [])

    def loaded(self, source: ProgramSource, known: Stateless | None) -> Loaded | None:
        """Return what is there once a program has run, where one was loaded that defines the same."""
        return self._loaded.get((known.loading, source.is_script)) if known and known.loading is not None else None

    def keep_loaded(self, source: ProgramSource, known: Stateless | None, loaded: Loaded) -> None:
        """Remember what is there once a program has run that does nothing but define, and has no errors."""
        if known is None or known.loading is None or loaded.reports:
            return
        if len(self._loaded) >= MAX_LOADED:
            self._loaded.clear()
        self._loaded[known.loading, source.is_script] = loaded

    def _record(self, test_file: JudgeFile, case: Any, reference: Mapping[str, Any]) -> Plan:
        recording = _Recording(self._numbers)
        names = {name: _Recorder(name, answer, recording) for name, answer in reference.items() if callable(answer)}
        with contextlib.redirect_stdout(io.StringIO()):
            (run,) = test_file.run_cases([case], {**reference, **names})
        only_functions = all(callable(reference.get(name)) for name in case_parameters(case))
        is_planned = run.passed and only_functions and not takes_all_names(case) and not recording.is_more
        return recording.calls if is_planned else []


class _Recording:
    """The calls of one case, which get their numbers from ``numbers``."""

    def __init__(self, numbers: Iterator[int]):
        self._numbers = numbers
        self.calls: Plan = []
        self._bytes = 0
        self.is_more = False
        """Whether the case does what cannot be planned."""

    def note(self, name: str, arguments: Sequence[Any], keywords: Mapping[str, Any]) -> None:
        """Take down a call."""
        call = planned_call(next(self._numbers), name, arguments, keywords)
        if call is None:
            self.is_more = True
        else:
            self.calls.append(call)

    def note_result(self, result: Any) -> None:
        """Look whether a result travels whole, for of an object more will be asked; and how large it is."""
        try:
            self._bytes += len(encode_plain(pack(simplify(result, tables=True))))
        except WireError:
            self.is_more = True
        self.is_more |= self._bytes > MAX_CASE_BYTES


class _Recorder(Remote):
    """Stands for an answer of the reference, and notes how it is called."""

    def __init__(self, name: str, answer: Any, recording: _Recording):
        self.__name__, self._answer, self._recording = name, answer, recording

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        self._recording.note(self.__name__, arguments, keywords)
        result = self._answer(*arguments, **keywords)
        self._recording.note_result(result)
        return result

    def through(self, operation: Operation) -> Callable[..., Any]:
        self._recording.is_more = True
        return Local(self._answer, [operation], self.__name__)

    def __deepcopy__(self, _memo: dict[int, Any]) -> "_Recorder":
        return self
