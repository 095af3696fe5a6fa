"""One submission before the judge: every question as written and, where that fails, with errors carried forward."""

import copy
from collections.abc import Mapping, Sequence, Set
from typing import Any, NamedTuple

import msgspec

from capas.course.looked_at import LookedAt
from capas.grading.ahead import AheadOfCases
from capas.grading.carried_errors import CarriedRuns, all_pass, may_change, run_afresh
from capas.grading.cases import JudgeFile, case_name, refuse_cases_at_fault
from capas.grading.otter_files import JudgedRun
from capas.grading.plans import Plans
from capas.grading.result import CaseResult, QuestionResult
from capas.grading.stateless import presumed_stateless
from capas.sandbox import Limits, ProgramSource, SandboxError, Zygote
from capas.sandbox.program import Program
from capas.texts import program_texts
from capas.texts.plain import clean
from capas_check import CheckFailure
from capas_check.texts import load_texts

ABSENT = ("missing", "not_a_function", "not_a_value")
"""Kinds of failure that are the same in every case of a question: there is nothing to look at."""


class QuestionVerdict(NamedTuple):
    """What came of one run of a question's cases, the test file as that run left it, and whether code printed."""

    result: QuestionResult
    test_file: JudgeFile
    printed: bool

    @property
    def passes(self) -> bool:
        """Whether every case does."""
        return all(case.passed for case in self.result.cases)


class _Looked(NamedTuple):
    """What came of some cases of a question: as written and, where it was tried, with other functions right."""

    as_written: list[JudgedRun]
    carried: list[JudgedRun] | None = None

    @property
    def passes(self) -> bool:
        """Whether the code does without help."""
        return all_pass(self.as_written)


class SubmissionJudge:
    """Judges the questions of one submission, in the order of the stage. Use it as a context manager.

    The public cases of all questions come first. What the code does in them is told to the student, and until all
    have been run it has seen nothing hidden, in no process. Then come the hidden cases, of which no value is told.

    Sandboxes serve one question after the other as long as all goes well. A question that fails is judged once
    more by one that has seen nothing else, so that no state left by others costs points.

    Args:
        zygote: where sandboxes come from.
        limits: deadlines.
        source: the submission's code, and what the course gives.
        reference: right answers to all questions, in order.
        language: of the messages.
        looked_at: what each case looks at, which is told of hidden ones that fail.
        plans: of the cases; without them every call waits for the answer to the one before.

    Raises:
        SandboxError: when the code cannot be run to its end.
    """

    def __init__(
        self,
        zygote: Zygote,
        limits: Limits,
        source: ProgramSource,
        reference: Mapping[str, Any],
        language: str,
        looked_at: LookedAt,
        plans: Plans | None = None,
    ):
        self._language = language
        self._looked_at = looked_at
        known = presumed_stateless(source) if plans else None
        self.program = Program(zygote, limits, source, loaded=plans.loaded(source, known) if plans else None)
        """The code as written."""
        if plans:
            plans.keep_loaded(source, known, self.program.loaded)
        self._carried = CarriedRuns(zygote, limits, source, reference, plans, self.program)
        self._ahead = AheadOfCases(self.program, plans, self._carried.stateless if plans else None)

    def judge(self, test_files: Sequence[JudgeFile]) -> list[QuestionVerdict]:
        """Return, for each question, the better of the verdicts as written and with the functions before it right."""
        self._carried.not_carried = {one.name for one in test_files if one.bound or one.draws}
        self._ahead.ask([case for test_file in test_files for case in test_file.public_cases])
        public: list[_Looked] = []
        for test_file in test_files:
            some_failed = not all(looked.passes for looked in public)
            public.append(self._look(test_file, test_file.public_cases, some_failed))
            if not public[-1].passes:
                self.program.end_if_busy()  # what failed is not to be in the way of the next question
        self._ahead.ask([case for test_file in test_files for case in test_file.hidden_cases])
        verdicts, some_failed = [], False
        for test_file, looked in zip(test_files, public, strict=True):
            as_written, verdict = self._verdict_on(test_file, looked, some_failed)
            verdicts.append(verdict)
            some_failed |= not as_written.passes
        return verdicts

    def _look(
        self,
        test_file: JudgeFile,
        cases: Sequence[Any],
        some_failed: bool,
        before: Sequence[Any] = (),
        again: bool = False,
    ) -> _Looked:
        """Run cases as written and, where they fail or ``again`` is asked, with the functions before right.

        Whether ``some_failed`` of the questions before decides what is left to find out. In a fresh sandbox the cases
        ``before`` are run first, or a function could begin anew.
        """
        fresh = self.program.fresh
        runs = self._ahead.run(test_file, cases)
        refuse_cases_at_fault(test_file, runs)
        if all_pass(runs) and not again:
            return _Looked(runs)
        if not all_pass(runs):
            self._ahead.forget_end()  # what failed is not to be in the way of the next question
        carried = self._carried.run(test_file, cases, before)
        if carried is not None and (self._same(runs, carried) or (all_pass(carried) and some_failed)):
            return _Looked(runs, carried)  # what else was called changes nothing, or no longer matters
        if fresh or all_pass(runs) or not may_change(runs):
            return _Looked(runs, carried)
        if not self._ahead.are_the_same_afresh(before, cases, keeps_no_state=self._carried.stateless is not None):
            runs = run_afresh(test_file, cases, before, self.program)
        return _Looked(runs, carried)

    def _verdict_on(
        self, test_file: JudgeFile, public: _Looked, some_failed: bool
    ) -> tuple[QuestionVerdict, QuestionVerdict]:
        """Return the verdict on a question as written, and the better of it and of that with others right."""
        before = test_file.public_cases
        hidden = self._look(test_file, test_file.hidden_cases, some_failed, before, again=not public.passes)
        as_written = self._verdict(test_file, public.as_written + hidden.as_written, self.program.printing)
        if as_written.passes or hidden.carried is None:
            return as_written, as_written
        # Public cases that are run only now may tell what the code has seen in hidden ones.
        again = None if public.carried is not None else self._carried.run(test_file, test_file.public_cases)
        carried = (public.carried or again or []) + hidden.carried
        verdict = self._verdict(test_file, carried, self._carried.printing, tell_public=again is None)
        return as_written, self._better(as_written, verdict)

    def _same(self, runs: Sequence[JudgedRun], others: Sequence[JudgedRun]) -> bool:
        say = load_texts(self._language)
        return all(
            (run.kind, run.message(say)) == (other.kind, other.message(say))
            for run, other in zip(runs, others, strict=True)
        )

    @staticmethod
    def _better(as_written: QuestionVerdict, carried: QuestionVerdict) -> QuestionVerdict:
        if carried.result.score < as_written.result.score:
            return as_written
        # Said wherever it shows: then a message may tell other numbers than the notebook does.
        carried.result.carried_forward = _without_measures(carried.result.cases) != _without_measures(
            as_written.result.cases
        )
        return carried

    def _verdict(
        self, test_file: JudgeFile, runs: list[JudgedRun], printing: Set[str], tell_public: bool = True
    ) -> QuestionVerdict:
        ran = copy.copy(test_file)
        ran.take(runs)
        looked_at = self._looked_at.get(test_file.name, {})
        result = result_of_runs(ran, self._language, looked_at, tell_public)
        return QuestionVerdict(result, ran, test_file.name in printing)

    def __enter__(self) -> "SubmissionJudge":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.program.close()
        self._carried.close()


def result_of_runs(
    test_file: JudgeFile, language: str, looked_at: Mapping[str, str], tell_public: bool = True
) -> QuestionResult:
    """Return the result of a question whose cases have been run.

    Args:
        test_file: the cases, as their run left them.
        language: of the messages.
        looked_at: what each case looks at, by its name, where the stage says so.
        tell_public: whether what was returned in public cases may be told.
    """
    cases = [_case_result(run, language, looked_at, tell_public and not run.case.hidden) for run in test_file.runs]
    return question_result(test_file, float(test_file.score), cases)


def _case_result(run: JudgedRun, language: str, looked_at: Mapping[str, str], tell: bool) -> CaseResult:
    # Any other error may have a `kind` of its own, which means something else.
    kind = run.kind if run.passed or isinstance(run.failure, (CheckFailure, SandboxError)) else "judge"
    name, points = case_name(run.case), float(run.case.points or 0)
    looks_at = looked_at.get(name, "")
    message = clean(_message(run, kind, language, looks_at, tell))
    measures = {name: one.kept for name, one in run.measures.items()} or msgspec.UNSET
    return CaseResult(name, run.case.hidden, points, run.passed, kind, message, looks_at, measures=measures)


def _without_measures(cases: Sequence[CaseResult]) -> list[CaseResult]:
    """Return cases without the numbers that they kept: one may be a time, which is another in every run."""
    return [msgspec.structs.replace(case, measures=msgspec.UNSET) for case in cases]


def _message(run: JudgedRun, kind: str, language: str, looks_at: str, tell: bool) -> str:
    """Say why a case failed; unless all may be told, only what kind of thing is wrong, and what it looks at."""
    if run.passed or tell:
        return run.message(load_texts(language))
    texts = program_texts(language)
    sentence = texts(f"hidden_{kind}" if f"hidden_{kind}" in texts else "hidden_judge")
    if kind in ABSENT:
        return sentence
    return texts("hidden_case_looks_at" if looks_at else "hidden_case", sentence=sentence, looks_at=looks_at)


def question_result(test_file: JudgeFile, score: float, cases: list[CaseResult]) -> QuestionResult:
    """Return the result of a question whose cases gave ``score``."""
    return QuestionResult(
        name=test_file.name,
        score=rounded(score),
        points=rounded(float(test_file.possible)),
        carried_forward=False,
        diagnosis=None,
        cases=cases,
    )


def rounded(points: float) -> float:
    """Return ``points`` such that halves and thirds add up to whole ones again."""
    return round(float(points), 6)
