"""Grade one submission: run every question's cases on its cells. It does not matter where cases and cells come from."""

import contextlib
import copy
from collections.abc import Callable, Container, Mapping, Sequence
from typing import Any

import capas
from capas.course.data_files import beside_data
from capas.course.looked_at import LookedAt
from capas.course.question_kinds import Kind, kind_of
from capas.grading.cases import JudgeFile, case_name
from capas.grading.diagnosis.outcome import Outcome, outcome_of
from capas.grading.judge import QuestionVerdict, SubmissionJudge, question_result, rounded
from capas.grading.loading import LoadingErrors
from capas.grading.otter_files import JudgedRun
from capas.grading.plans import Plans
from capas.grading.result import KILLED, NOT_BEGUN, CaseResult, Isolation, QuestionResult, Result
from capas.sandbox import NO_DATA, CallCrashed, CallTimedOut, Limits, Loaded, ProgramSource, SharedData, Zygote
from capas.submission import NO_CODE, Sought, StageNames, Submission, SubmissionFile, problem_text
from capas.submission.definitions import Definitions, definitions
from capas.submission.pseudonyms import pseudonym_in
from capas.texts import program_texts
from capas.texts.plain import clean

MAX_DIAGNOSES = 500
Diagnose = Callable[[str, Outcome, bool], str | None]


def program_source(
    submission: Submission,
    given: Sequence[str],
    tables: bool = False,
    draws: bool = False,
    data: SharedData = NO_DATA,
) -> ProgramSource:
    """Return what is run of a submission: the cells that the course gives, then its own.

    With ``tables`` those of pandas come and go as such; with ``draws`` it is looked at what functions draw. It may read
    ``data``.
    """
    code = submission.code
    file = code.chosen or submission.file
    return ProgramSource(code.cells, given, code.is_script, file, code.modules, tables, draws, data)


class Grader:
    """Grades submissions of one stage, one after the other, on one zygote.

    Args:
        stage: the stage's id, as written into results.
        test_files: its cases, one file a question.
        limits: deadlines for student code.
        zygote: where sandboxes come from.
        language: of what students are told.
        reference: right answers to all questions, for errors carried forward; without it there are none.
        diagnose: names the misunderstanding, given a question, what its function did, and whether it printed.
        given: cells that the course gives, which run before the student's.
        sought: what an answer is known by, as `read_submission` takes it; by default the names of the questions.
        looked_at: what each case looks at, which is told of hidden ones that fail.
        data: what the course gives to read, as ``zygote`` keeps it.
        texts: the questions that a person grades, with their points.
        plans: of the cases, see `capas.grading.plans`.
    """

    def __init__(
        self,
        stage: str,
        test_files: Sequence[JudgeFile],
        limits: Limits,
        zygote: Zygote,
        language: str,
        reference: Mapping[str, Any] | None = None,
        diagnose: Diagnose | None = None,
        given: Sequence[str] = (),
        sought: Sought | None = None,
        looked_at: LookedAt | None = None,
        data: SharedData = NO_DATA,
        texts: Mapping[str, float] | None = None,
        plans: Plans | None = None,
    ):
        self.sought = sought or Sought(stage, StageNames(tuple(test_file.name for test_file in test_files)))
        self._stage = stage
        self._test_files = test_files
        self._limits = limits
        self._zygote = zygote
        self._language = language
        self._reference = reference or {}
        self._diagnose = diagnose
        self._given = given
        self._looked_at = looked_at or {}
        self._data = data
        self._texts = texts or {}
        self._plans = plans
        self._diagnoses: dict[tuple[Any, ...], tuple[list[JudgedRun], str | None]] = {}

    def without(self, questions: Container[str]) -> "Grader":
        """Return this grader without the cases of ``questions``, which its results do not have."""
        fewer = copy.copy(self)
        fewer._test_files = [test_file for test_file in self._test_files if test_file.name not in questions]
        return fewer

    def grade(self, submission: Submission) -> Result:
        """Return the result of ``submission``; whatever its code does, there is one."""
        if submission.problem:
            why = problem_text(self._language, submission.problem, submission.problem_values)
            return self._not_run(submission, "unreadable", why)
        tables = any(test_file.tables for test_file in self._test_files)
        draws = any(test_file.draws for test_file in self._test_files)
        source = program_source(submission, self._given, tables, draws, self._data)
        try:
            # Cases, mistakes and the reference find the data files where student code does.
            with self._judge(source) as judge, beside_data(self._data.folder):
                # Of the first run, before the code has seen anything hidden.
                loaded = judge.program.loaded
                kinds: dict[str, Kind] = {name: kind_of(answer) for name, answer in self._reference.items()}
                errors = LoadingErrors(submission.code, loaded, self._limits, self._language, kinds)
                begun = definitions(submission.code.cells)
                questions = [self._told(verdict, errors, begun) for verdict in judge.judge(self._test_files)]
        except (CallTimedOut, CallCrashed) as error:
            status = "timed out" if isinstance(error, CallTimedOut) else "crashed"
            key = f"not_run_{status.replace(' ', '_')}"
            message = program_texts(self._language)(key, seconds=f"{self._limits.load_seconds:g}")
            return self._not_run(submission, status, message)
        return self._result(submission, "graded", questions, self._message(submission, loaded, errors))

    def not_graded(self, file: SubmissionFile) -> Result:
        """Return the result of a submission that could not be graded: whatever was begun with it was killed.

        It has no hash, so it is no result of this file, which the next run grades again.
        """
        submission = Submission(file.id, file.file, "", NO_CODE)
        return self._not_run(submission, KILLED, program_texts(self._language)("not_run_killed"))

    def _looks_at(self, test_file: JudgeFile, case: Any) -> str:
        return self._looked_at.get(test_file.name, {}).get(case_name(case), "")

    def _judge(self, source: ProgramSource) -> SubmissionJudge:
        return SubmissionJudge(
            self._zygote, self._limits, source, self._reference, self._language, self._looked_at, self._plans
        )

    def _message(self, submission: Submission, loaded: Loaded, errors: LoadingErrors) -> str:
        """Say what was noticed while the submission was read, then what failed when it was run."""
        texts = program_texts(self._language)
        # What keeps an answer from being run is not told of one that is there after all, by an import perhaps.
        notes = [
            note for note in submission.code.notes if note.values.get("name") not in {*loaded.functions, *loaded.values}
        ]
        noticed = [texts(note.key, **note.values) for note in notes]
        return " ".join(filter(None, [*noticed, errors.message()]))

    def _told(self, verdict: QuestionVerdict, errors: LoadingErrors, found: Definitions) -> QuestionResult:
        """Return the result of a question with its diagnosis, and with what keeps its function from being there."""
        question = verdict.test_file.name
        if not verdict.passes and question in found.stubs:
            verdict.result.diagnosis = NOT_BEGUN
            return verdict.result
        if not verdict.passes and self._diagnose is not None:
            verdict.result.diagnosis = self._diagnosis(question, verdict, self._diagnose)
        errors.explain(verdict.result)
        return verdict.result

    def _diagnosis(self, question: str, verdict: QuestionVerdict, diagnose: Diagnose) -> str | None:
        """Return a question's diagnosis, which is remembered as long as the runs of its cases are."""
        runs = verdict.test_file.runs
        key = (question, verdict.printed, *map(id, runs))
        if key in self._diagnoses:
            return self._diagnoses[key][1]
        diagnosis = None
        # What came back may be anything; a diagnosis is not worth a result.
        with contextlib.suppress(Exception):
            diagnosis = diagnose(question, outcome_of(verdict.test_file), verdict.printed)
        if self._plans is not None and all(map(self._plans.remembered.holds, runs)):
            if len(self._diagnoses) >= MAX_DIAGNOSES:
                self._diagnoses.clear()
            self._diagnoses[key] = runs, diagnosis  # with the runs, whose places no others can have then
        return diagnosis

    def _isolation(self) -> Isolation:
        confinement = self._zygote.confinement
        return Isolation(confinement.level, ["process", *confinement.layers])

    def _not_run(self, submission: Submission, status: str, message: str) -> Result:
        questions = [
            question_result(
                test_file,
                0.0,
                [
                    CaseResult(
                        case_name(case),
                        case.hidden,
                        float(case.points or 0),
                        False,
                        looks_at=self._looks_at(test_file, case),
                    )
                    for case in test_file.test_cases
                ],
            )
            for test_file in self._test_files
        ]
        return self._result(submission, status, questions, message)

    def _written(self, submission: Submission, status: str) -> list[QuestionResult]:
        """Return the questions that a person grades: begun where anything was written, or the place for it is gone."""
        nothing_read = bool(submission.problem) or status == KILLED
        written = dict.fromkeys(self._texts, "") if nothing_read else submission.code.written
        return [
            QuestionResult(
                name,
                0.0,
                rounded(points),
                False,
                NOT_BEGUN if written.get(name) == "" else None,
                [],
                manual=True,
                answer=written.get(name, ""),
            )
            for name, points in self._texts.items()
        ]

    def _result(self, submission: Submission, status: str, questions: list[QuestionResult], message: str) -> Result:
        questions = [*questions, *self._written(submission, status)]
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
            message=clean(message),
            receipt=submission.code.receipt,
            pseudonym=pseudonym_in(submission.code.cells),
        )
