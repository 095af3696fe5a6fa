"""Grade one submission: run every question's cases on its cells. It does not matter where cases and cells come from."""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import capas
from capas.grading.cases import JudgeFile, case_name
from capas.grading.diagnosis.general import Outcome, outcome_of
from capas.grading.judge import SubmissionJudge, question_result, rounded
from capas.grading.result import CaseResult, Isolation, QuestionResult, Result
from capas.sandbox import CallCrashed, CallTimedOut, Limits, Zygote
from capas.submission import PROBLEMS, Submission
from capas.texts import program_texts


class Grader:
    """Grades submissions of one stage, one after the other, on one zygote.

    Args:
        stage: the stage's id, as written into results.
        test_files: its cases, one file a question.
        limits: deadlines for student code.
        zygote: where sandboxes come from.
        language: of what students are told.
        reference: right functions of all questions, for errors carried forward; without it there are none.
        diagnose: names the misunderstanding, given a question, what its function did, and whether it printed.
    """

    def __init__(
        self,
        stage: str,
        test_files: Sequence[JudgeFile],
        limits: Limits,
        zygote: Zygote,
        language: str,
        reference: Mapping[str, Callable[..., Any]] | None = None,
        diagnose: Callable[[str, Outcome, bool], str | None] | None = None,
    ):
        self._stage = stage
        self._test_files = test_files
        self._limits = limits
        self._zygote = zygote
        self._language = language
        self._reference = reference or {}
        self._diagnose = diagnose

    def grade(self, submission: Submission) -> Result:
        """Return the result of ``submission``; whatever its code does, there is one."""
        if submission.problem:
            return self._not_run(submission, "unreadable", PROBLEMS[submission.problem][self._language])
        try:
            with SubmissionJudge(self._zygote, self._limits, submission.code, self._reference, self._language) as judge:
                # Of the first run, before the code has seen anything hidden.
                message = self._load_message(judge.program.loaded.errors)
                questions = [self._question(test_file, judge) for test_file in self._test_files]
        except (CallTimedOut, CallCrashed) as error:
            status = "timed out" if isinstance(error, CallTimedOut) else "crashed"
            key = f"not_run_{status.replace(' ', '_')}"
            message = program_texts(self._language)(key, seconds=f"{self._limits.load_seconds:g}")
            return self._not_run(submission, status, message)
        return self._result(submission, "graded", questions, message)

    def _question(self, test_file: JudgeFile, judge: SubmissionJudge) -> QuestionResult:
        verdict = judge.judge(test_file)
        if not verdict.passes and self._diagnose is not None:
            # What came back may be anything; a diagnosis is not worth a result.
            with contextlib.suppress(Exception):
                outcome = outcome_of(verdict.test_file)
                verdict.result.diagnosis = self._diagnose(test_file.name, outcome, verdict.printed)
        return verdict.result

    def _load_message(self, errors: list[str]) -> str:
        """Say which piece of the code failed first when it was run from top to bottom, if one did."""
        for number, error in enumerate(errors, 1):
            if error:
                text = " ".join(error.split())[:300]
                return program_texts(self._language)("cell_failed", number=number, error=text)
        return ""

    def _isolation(self) -> Isolation:
        confinement = self._zygote.confinement
        return Isolation(confinement.level, ["process", *confinement.layers])

    def _not_run(self, submission: Submission, status: str, message: str) -> Result:
        questions = [
            question_result(
                test_file,
                0.0,
                [
                    CaseResult(case_name(case), case.hidden, float(case.points or 0), False)
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
            score=rounded(sum(question.score for question in questions)),
            points=rounded(sum(question.points for question in questions)),
            questions=questions,
            isolation=self._isolation(),
            capas=capas.__version__,
            message=message,
        )
