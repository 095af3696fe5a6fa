"""One submission before the judge: every question as written and, where that fails, with errors carried forward."""

import copy
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from capas.course.looked_at import LookedAt
from capas.grading import carried_errors
from capas.grading.cases import JudgeFile, case_name, refuse_cases_at_fault
from capas.grading.otter_files import JudgedRun
from capas.grading.result import CaseResult, QuestionResult
from capas.sandbox import Limits, ProgramSource, SandboxError, Zygote
from capas.sandbox.program import Program
from capas.texts import program_texts
from capas_check import CheckFailure
from capas_check.texts import load_texts

ABSENT = ("missing", "not_a_function")
"""Kinds of failure that are the same in every case of a question: there is nothing to call."""


class QuestionVerdict(NamedTuple):
    """What came of one run of a question's cases, the test file as that run left it, and whether code printed."""

    result: QuestionResult
    test_file: JudgeFile
    printed: bool

    @property
    def passes(self) -> bool:
        """Whether every case does."""
        return all(case.passed for case in self.result.cases)


class _Public(NamedTuple):
    """What came of the public cases of a question: as written, and with other functions right where it was tried."""

    runs: list[JudgedRun]
    carried: list[JudgedRun] | None = None

    @property
    def passes(self) -> bool:
        return all(run.passed for run in self.runs)


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
        reference: right functions of all questions, in order.
        language: of the messages.
        looked_at: what each case looks at, which is told of hidden ones that fail.

    Raises:
        SandboxError: when the code cannot be run to its end.
    """

    def __init__(
        self,
        zygote: Zygote,
        limits: Limits,
        source: ProgramSource,
        reference: Mapping[str, Callable[..., Any]],
        language: str,
        looked_at: LookedAt,
    ):
        self._zygote = zygote
        self._limits = limits
        self._source = source
        self._reference = reference
        self._language = language
        self._looked_at = looked_at
        self.program = Program(zygote, limits, source)
        """The code as written."""
        self._mended: Program | None = None
        """The code with the functions of earlier questions right, once a question has failed."""

    def judge(self, test_files: Sequence[JudgeFile]) -> list[QuestionVerdict]:
        """Return, for each question, the better of the verdicts as written and with the functions before it right."""
        public = [self._judge_public(test_file) for test_file in test_files]
        return [self._judge_hidden(*pair) for pair in zip(test_files, public, strict=True)]

    def _judge_public(self, test_file: JudgeFile) -> _Public:
        cases, fresh = test_file.public_cases, self.program.fresh
        runs = self._run(test_file, cases, self.program)
        if all(run.passed for run in runs):
            return _Public(runs)
        mended = self._with_others_right(test_file)
        carried = None if mended is None else self._run(test_file, cases, mended)
        if not fresh and _may_change(runs):
            runs = self._run(test_file, cases, self._afresh())
        self.program.forget()  # what failed is not to be in the way of the next question
        return _Public(runs, carried)

    def _judge_hidden(self, test_file: JudgeFile, public: _Public) -> QuestionVerdict:
        as_written = self._as_written(test_file, public)
        if as_written.passes:
            return as_written
        return self._better(as_written, self._carried(test_file, public))

    def _as_written(self, test_file: JudgeFile, public: _Public) -> QuestionVerdict:
        if public.passes or not _may_change(public.runs):
            hidden = self._run(test_file, test_file.hidden_cases, self.program)
            if all(run.passed for run in hidden) or not _may_change(hidden):
                return self._verdict(test_file, [*public.runs, *hidden], self.program)
        self._run(test_file, test_file.public_cases, self._afresh())  # as when they were told of
        hidden = self._run(test_file, test_file.hidden_cases, self.program)
        self.program.forget()
        return self._verdict(test_file, [*public.runs, *hidden], self.program)

    def _carried(self, test_file: JudgeFile, public: _Public) -> QuestionVerdict | None:
        """Judge a question with the functions of those before it right; None when the code uses none of them."""
        mended = self._with_others_right(test_file)
        if mended is None:
            return None
        again = self._run(test_file, test_file.public_cases, mended)
        hidden = self._run(test_file, test_file.hidden_cases, mended)
        if public.carried is not None:
            return self._verdict(test_file, [*public.carried, *hidden], mended)
        # The code has seen hidden cases: no value of a public one is told either.
        return self._verdict(test_file, [*again, *hidden], mended, tell_public=False)

    @staticmethod
    def _better(as_written: QuestionVerdict, carried: QuestionVerdict | None) -> QuestionVerdict:
        if carried is None or carried.result.score < as_written.result.score:
            return as_written
        # Said wherever it shows: then a message may tell other numbers than the notebook does.
        carried.result.carried_forward = carried.result.cases != as_written.result.cases
        return carried

    def _afresh(self) -> Program:
        self.program.forget()
        return self.program

    def _with_others_right(self, test_file: JudgeFile) -> Program | None:
        """Return the program in a fresh sandbox, with the functions of the questions before this one right."""
        others = carried_errors.others(self._reference, test_file.name)
        if not others or not carried_errors.uses_any(self._source.cells, set(others)):
            return None
        try:
            if self._mended is None:
                self._mended = Program(self._zygote, self._limits, self._source, others, self.program.left_out)
            else:
                self._mended.forget()
                self._mended.replace(others)
        except SandboxError:
            return None
        return self._mended

    def _run(self, test_file: JudgeFile, cases: Sequence[Any], program: Program) -> list[JudgedRun]:
        runs = test_file.run_cases(cases, program.namespace())
        refuse_cases_at_fault(test_file, runs)
        return runs

    def _verdict(
        self, test_file: JudgeFile, runs: list[JudgedRun], program: Program, tell_public: bool = True
    ) -> QuestionVerdict:
        ran = copy.copy(test_file)
        ran.take(runs)
        looked_at = self._looked_at.get(test_file.name, {})
        result = result_of_runs(ran, self._language, looked_at, tell_public)
        return QuestionVerdict(result, ran, test_file.name in program.printing)

    def __enter__(self) -> "SubmissionJudge":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.program.close()
        if self._mended is not None:
            self._mended.close()


def _may_change(runs: Sequence[JudgedRun]) -> bool:
    """Tell whether runs that failed could end otherwise in a sandbox that has seen nothing else.

    Not where nothing was called, and not where time was used up: what took too long once is not called again.
    """
    return any(run.calls for run in runs) and not any(run.kind == "timeout" for run in runs)


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
    message = _message(run, kind, language, looks_at, tell)
    return CaseResult(name, run.case.hidden, points, run.passed, kind, message, looks_at)


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
