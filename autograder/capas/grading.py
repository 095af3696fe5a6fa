"""Otter test files and a submission in, a result out. Where either comes from is not known here."""

import copy
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import capas
from capas import carry
from capas.checks import CheckFailure
from capas.checks.messages import get_language, hidden_message
from capas.judge import JudgeFile, case_name
from capas.kinds import Outcome, outcome_of
from capas.program import Namespace, Program
from capas.results import CaseResult, Isolation, QuestionResult, Result
from capas.sandbox import CallCrashed, CallTimedOut, Limits, SandboxError, Zygote
from capas.submission import PROBLEMS, Submission

NOT_RUN = {
    "timed out": {
        "es": "El código no terminó de ejecutarse en {seconds:g} s: ¿hay un bucle que no acaba fuera de las funciones?",
        "en": "The code did not finish running in {seconds:g} s: is there an endless loop outside the functions?",
    },
    "crashed": {
        "es": "El código cerró el programa al ejecutarse; quita lo que lo cierra y vuelve a entregarlo.",
        "en": "The code shut the program down while running; remove what does so and hand it in again.",
    },
}


CELL_FAILED = {
    "es": "La celda {number} terminó con un error al ejecutarse: {error}",
    "en": "Cell {number} ended with an error when it was run: {error}",
}


class Grader:
    """Grades submissions of one stage, one after the other, on one zygote.

    Args:
        stage: the stage's id, as written into results.
        test_files: its cases, one file a question.
        limits: deadlines for student code.
        zygote: where sandboxes come from.
        reference: right functions of all questions, for errors carried forward; without it there are none.
        diagnose: names the misunderstanding, given a question, what its function did, and whether it printed.
    """

    def __init__(
        self,
        stage: str,
        test_files: Sequence[JudgeFile],
        limits: Limits,
        zygote: Zygote,
        reference: Mapping[str, Callable[..., Any]] | None = None,
        diagnose: Callable[[str, Outcome, bool], str | None] | None = None,
    ):
        self._stage = stage
        self._test_files = test_files
        self._limits = limits
        self._zygote = zygote
        self._reference = reference or {}
        self._diagnose = diagnose

    def grade(self, submission: Submission) -> Result:
        """Return the result of ``submission``; whatever its code does, there is one."""
        if submission.problem:
            return self._not_run(submission, "unreadable", PROBLEMS[submission.problem][get_language()])
        try:
            with Program(self._zygote, self._limits, submission.cells) as program:
                # Of the first run, before the code has seen anything hidden.
                message = _load_message(program.loaded.errors)
                questions: list[QuestionResult] = []
                for test_file in self._test_files:
                    all_right_so_far = all(question.score == question.points for question in questions)
                    questions.append(self._question(test_file, program, submission, all_right_so_far))
        except (CallTimedOut, CallCrashed) as error:
            status = "timed out" if isinstance(error, CallTimedOut) else "crashed"
            message = NOT_RUN[status][get_language()].format(seconds=self._limits.load_seconds)
            return self._not_run(submission, status, message)
        return self._result(submission, "graded", questions, message)

    def _question(
        self, test_file: JudgeFile, program: Program, submission: Submission, all_right_so_far: bool
    ) -> QuestionResult:
        """Judge one question as written; if it fails, once more as `_look_again` says."""
        fresh = program.fresh
        verdict = _judge(test_file, program)
        if not verdict.passes:
            verdict = self._look_again(verdict, fresh, program, submission, all_right_so_far)
        if not verdict.passes:
            verdict.result.diagnosis = self._diagnosis(verdict)
        return verdict.result

    def _look_again(
        self, first: "_Verdict", fresh: bool, program: Program, submission: Submission, all_right_so_far: bool
    ) -> "_Verdict":
        """Judge a failing question in sandboxes that have seen nothing else, and return the better verdict.

        With the other questions' functions right, if the code uses them; and as written, unless that is settled.
        Messages must not tell what the code saw in hidden cases of other questions, nor may those spoil this one.
        """
        carried = self._carried(first.test_file, submission)
        if carried is not None:
            if carried.result.cases == first.result.cases:
                return carried  # another past and other functions around it change nothing: the error is its own
            if carried.passes and not all_right_so_far:
                carried.result.carried_forward = True
                return carried
        as_written = first
        if not fresh:
            program.forget()
            as_written = _judge(first.test_file, program)
        if carried is None or carried.result.score < as_written.result.score:
            return as_written
        carried.result.carried_forward = carried.result.score > as_written.result.score
        return carried

    def _carried(self, test_file: JudgeFile, submission: Submission) -> "_Verdict | None":
        """Judge a question with the functions of those before it right; None when the code uses none of them."""
        others = carry.others(self._reference, test_file.name)
        if not others or not carry.uses_any(submission.cells, set(others)):
            return None
        try:
            with Program(self._zygote, self._limits, submission.cells, others) as program:
                return _judge(test_file, program)
        except SandboxError:
            return None

    def _diagnosis(self, verdict: "_Verdict") -> str | None:
        if self._diagnose is None:
            return None
        try:
            return self._diagnose(verdict.result.name, outcome_of(verdict.test_file), verdict.printed)
        except Exception:  # what came back may be anything; a diagnosis is not worth a result
            return None

    def _isolation(self) -> Isolation:
        confinement = self._zygote.confinement
        return Isolation(confinement.level, ["process", *confinement.layers])

    def _not_run(self, submission: Submission, status: str, message: str) -> Result:
        questions = [
            _question_result(
                test_file,
                0.0,
                [
                    CaseResult(case_name(case), case.hidden, float(case.points or 0), False, "")
                    for case in test_file.test_cases
                ],
            )
            for test_file in self._test_files
        ]
        return self._result(submission, status, questions, message)

    def _result(self, submission: Submission, status: str, questions: list[QuestionResult], message: str) -> Result:
        return Result(
            submission=submission.id,
            file=submission.file,
            sha256=submission.sha256,
            stage=self._stage,
            status=status,
            score=_rounded(sum(question.score for question in questions)),
            points=_rounded(sum(question.points for question in questions)),
            questions=questions,
            isolation=self._isolation(),
            capas=capas.__version__,
            message=message,
        )


class _Verdict(NamedTuple):
    """What came of one run of a question's cases, and the test file as that run left it."""

    result: QuestionResult
    test_file: JudgeFile
    printed: bool

    @property
    def passes(self) -> bool:
        return all(case.passed for case in self.result.cases)


def _judge(test_file: JudgeFile, program: Program) -> _Verdict:
    result = judge_question(test_file, program.namespace())
    return _Verdict(result, copy.copy(test_file), test_file.name in program.printing)


def _load_message(errors: list[str]) -> str:
    """Say which piece of the code failed first when it was run from top to bottom, if one did."""
    for number, error in enumerate(errors, 1):
        if error:
            return CELL_FAILED[get_language()].format(number=number, error=" ".join(error.split())[:300])
    return ""


def judge_question(test_file: JudgeFile, namespace: Namespace) -> QuestionResult:
    """Run the cases of one question, with Otter's class, on a program's namespace."""
    test_file.run(namespace)
    failures = iter(test_file.failures)
    cases = []
    for outcome in test_file.test_case_results:
        case = outcome.test_case
        message = "" if outcome.passed else failure_message(next(failures), case.hidden)
        cases.append(CaseResult(case_name(case), case.hidden, float(case.points or 0), outcome.passed, message))
    return _question_result(test_file, float(test_file.score), cases)


def failure_message(failure: Exception, hidden: bool) -> str:
    """Say why a case failed; of a hidden one only what kind of thing is wrong."""
    if hidden:
        kind = failure.kind if isinstance(failure, (CheckFailure, SandboxError)) else "judge"
        return hidden_message(kind)
    return str(failure) if isinstance(failure, CheckFailure) else f"{type(failure).__name__}: {failure}"


def _question_result(test_file: JudgeFile, score: float, cases: list[CaseResult]) -> QuestionResult:
    return QuestionResult(
        name=test_file.name,
        score=_rounded(score),
        points=_rounded(float(test_file.possible)),
        carried_forward=False,
        diagnosis=None,
        cases=cases,
    )


def _rounded(points: float) -> float:
    # Halves and thirds of points add up to whole ones again.
    return round(float(points), 6)
