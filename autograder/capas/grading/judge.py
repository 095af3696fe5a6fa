"""One submission before the judge: every question as written and, where that fails, with errors carried forward."""

import copy
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from capas.course.looked_at import LookedAt
from capas.grading import carried_errors
from capas.grading.cases import JudgeFile, case_name, refuse_cases_at_fault
from capas.grading.otter_files import JudgedRun
from capas.grading.result import CaseResult, QuestionResult
from capas.sandbox import Limits, ProgramSource, SandboxError, Zygote
from capas.sandbox.program import Namespace, Program
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


class SubmissionJudge:
    """Judges the questions of one submission, in the order of the stage. Use it as a context manager.

    Sandboxes serve one question after the other as long as all goes well. A question that fails is judged once
    more by one that has seen nothing else: no message may tell what code saw in hidden cases of other
    questions, and no state left by those may cost points.

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
        self._all_right_so_far = True
        self.program = Program(zygote, limits, source)
        """The code as written."""
        self._mended: Program | None = None
        """The code with the functions of earlier questions right, once a question has failed."""

    def judge(self, test_file: JudgeFile) -> QuestionVerdict:
        """Return the better of the verdicts on a question as written and with the functions before it right."""
        fresh = self.program.fresh
        verdict = self._judge(test_file, self.program)
        if not verdict.passes:
            verdict = self._look_again(verdict, fresh)
            self._all_right_so_far &= verdict.passes and not verdict.result.carried_forward
        return verdict

    def _look_again(self, first: QuestionVerdict, fresh: bool) -> QuestionVerdict:
        carried = self._carried(first.test_file)
        if carried is not None:
            if carried.result.cases == first.result.cases:
                return carried  # another past and other functions around it change nothing: the error is its own
            if carried.passes and not self._all_right_so_far:
                carried.result.carried_forward = True
                return carried
        as_written = first if fresh else self._judge_afresh(first.test_file, self.program)
        if carried is None or carried.result.score < as_written.result.score:
            return as_written
        # Said wherever it shows: then a message may tell other numbers than the notebook does.
        carried.result.carried_forward = carried.result.cases != as_written.result.cases
        return carried

    def _carried(self, test_file: JudgeFile) -> QuestionVerdict | None:
        """Judge a question with the functions of those before it right; None when the code uses none of them."""
        others = carried_errors.others(self._reference, test_file.name)
        if not others or not carried_errors.uses_any(self._source.cells, set(others)):
            return None
        try:
            if self._mended is None:
                self._mended = Program(self._zygote, self._limits, self._source, others, self.program.left_out)
            else:
                self._mended.replace(others)
            fresh = self._mended.fresh
            verdict = self._judge(test_file, self._mended)
            return verdict if verdict.passes or fresh else self._judge_afresh(test_file, self._mended)
        except SandboxError:
            return None

    def _judge(self, test_file: JudgeFile, program: Program) -> QuestionVerdict:
        looked_at = self._looked_at.get(test_file.name, {})
        result = judge_question(test_file, program.namespace(), self._language, looked_at)
        return QuestionVerdict(result, copy.copy(test_file), test_file.name in program.printing)

    def _judge_afresh(self, test_file: JudgeFile, program: Program) -> QuestionVerdict:
        program.forget()
        return self._judge(test_file, program)

    def __enter__(self) -> "SubmissionJudge":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.program.close()
        if self._mended is not None:
            self._mended.close()


def judge_question(
    test_file: JudgeFile, namespace: Namespace, language: str, looked_at: Mapping[str, str] | None = None
) -> QuestionResult:
    """Run the cases of one question, with Otter's class, on a program's namespace.

    Args:
        test_file: the cases.
        namespace: the program's names.
        language: of the messages.
        looked_at: what each case looks at, by its name, where the stage says so.

    Raises:
        UserError: when a case itself breaks; that costs nobody points.
    """
    test_file.run(namespace)
    refuse_cases_at_fault(test_file)
    cases = [_case_result(run, language, looked_at or {}) for run in test_file.runs]
    return question_result(test_file, float(test_file.score), cases)


def _case_result(run: JudgedRun, language: str, looked_at: Mapping[str, str]) -> CaseResult:
    # Any other error may have a `kind` of its own, which means something else.
    kind = run.kind if run.passed or isinstance(run.failure, (CheckFailure, SandboxError)) else "judge"
    name, points = case_name(run.case), float(run.case.points or 0)
    looks_at = looked_at.get(name, "")
    message = _message(run, kind, language, looks_at)
    return CaseResult(name, run.case.hidden, points, run.passed, kind, message, looks_at)


def _message(run: JudgedRun, kind: str, language: str, looks_at: str) -> str:
    """Say why a case failed; of a hidden one only what kind of thing is wrong, and what it looks at."""
    if run.passed or not run.case.hidden:
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
