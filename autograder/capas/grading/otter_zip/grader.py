"""Grades submissions of an Otter bundle: the same scores as `otter run`, and a result where that has none."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

import capas
from capas.grading.judge import rounded
from capas.grading.otter_zip.bundle import OtterBundle, bundle_tests, counted_tests
from capas.grading.otter_zip.cells import cells_with_seeds, file_named_in
from capas.grading.otter_zip.judging import CaseVerdict
from capas.grading.otter_zip.run import NotebookRun, NotebookRunner
from capas.grading.otter_zip.test_files import OtterCase, OtterTest
from capas.grading.result import KILLED, CaseResult, Isolation, QuestionResult, Result
from capas.sandbox import CallCrashed, CallTimedOut, CellReport, Limits, Zygote
from capas.sandbox.notebook import SHELL_MODULE
from capas.sandbox.preload import modules_for
from capas.sandbox.shared import SharedData
from capas.submission import NO_CODE, Sought, Submission, SubmissionFile, problem_text
from capas.texts import program_texts
from capas.texts.plain import clean, one_line

MAX_TOLD = 1_500
SMALL = 2**20
"""Bytes of a file that is sent to each sandbox; larger ones all sandboxes read from one place."""
_NOTHING: Mapping[str, list[CaseVerdict]] = {}


class OtterGrader:
    """Grades submissions of one bundle, one after the other, on one zygote.

    Args:
        bundle: the bundle.
        limits: deadlines for student code.
        zygote: where sandboxes come from.
        language: of what students are told.
        outside_only: whether a case that cannot be judged outside the sandbox fails.
    """

    def __init__(self, bundle: OtterBundle, limits: Limits, zygote: Zygote, language: str, outside_only: bool = False):
        self.sought = Sought(bundle.id, as_otter=True)
        self._bundle = bundle
        self._limits = limits
        self._zygote = zygote
        self._texts = program_texts(language)
        self._language = language
        self._outside_only = outside_only
        self._tests = bundle_tests(bundle)
        imports = [f"import {name}" for name in sorted(bundle.modules)]
        self._small = {name: data for name, data in bundle.files.items() if len(data) <= SMALL}
        self._data = _shared(zygote, {name: data for name, data in bundle.files.items() if len(data) > SMALL})
        self._modules = {SHELL_MODULE, *modules_for(imports)}

    def grade(self, submission: Submission) -> Result:
        """Return the result of ``submission``; whatever its code does, there is one."""
        if submission.problem:
            why = problem_text(self._language, submission.problem, submission.problem_values)
            return self._result(submission, "unreadable", why)
        wanted, named = self._bundle.config.assignment_name, submission.code.assignment
        if wanted and named and named != wanted:
            values = {"file": submission.file, "other": named, "stage": wanted}
            return self._result(submission, "unreadable", problem_text(self._language, "other_stage", values))
        cells = cells_with_seeds(submission.code.cells, self._bundle.config)
        draws = any("matplotlib" in cell or ".plot" in cell for cell in submission.code.cells)
        imports = ["import matplotlib"] if draws else []
        self._modules |= modules_for([*submission.code.cells, *imports])  # most notebooks of a class import the same
        zygote = self._zygote.for_modules(self._modules)
        if SHELL_MODULE not in zygote.modules:
            zygote = self._zygote.for_modules({SHELL_MODULE})
        tests = {test.stem: test for test in self._tests}
        without = self._bundle.tests.keys() - tests.keys()
        runner = NotebookRunner(zygote, self._limits, tests, self._small, self._outside_only, without, self._data)
        try:
            run = runner.run(cells, submission.code.modules)
            told = self._with_public_messages(runner, run, cells, submission)
        except (CallTimedOut, CallCrashed) as error:
            status = "timed out" if isinstance(error, CallTimedOut) else "crashed"
            message = self._texts(f"not_run_{status.replace(' ', '_')}", seconds=f"{self._limits.load_seconds:g}")
            return self._result(submission, status, message, differs=self._texts("differs_lost"))
        message = self._message(submission, cells, run.reports)
        return self._result(submission, "graded", message, run.verdicts, told, self._differs(submission, run))

    def not_graded(self, file: SubmissionFile) -> Result:
        """Return the result of a submission that could not be graded: whatever was begun with it was killed."""
        return self._result(Submission(file.id, file.file, "", NO_CODE), KILLED, self._texts("not_run_killed"))

    def _with_public_messages(
        self, runner: NotebookRunner, run: NotebookRun, cells: list[str], submission: Submission
    ) -> Mapping[str, list[CaseVerdict]]:
        """Return verdicts whose messages may be told.

        Where a public case failed after the notebook had seen something of a hidden one, they are those of another
        run, which has seen nothing of any.
        """
        for test in self._tests:
            verdicts = run.verdicts[test.stem]
            failed = any(
                not verdict.passed for case, verdict in zip(test.cases, verdicts, strict=True) if not case.hidden
            )
            if failed and run.seen_hidden[test.stem]:
                break
        else:
            return run.verdicts
        try:
            return runner.run(cells, submission.code.modules, public_only=True).verdicts
        except (CallTimedOut, CallCrashed):
            return _NOTHING

    def _differs(self, submission: Submission, run: NotebookRun) -> str:
        """Say why Otter would give this submission another score, or none; "" where it would not."""
        reasons: list[str] = []
        wanted = self._bundle.config.assignment_name
        if wanted and not submission.code.assignment and not submission.code.is_script:
            reasons.append(self._texts("differs_assignment", name=wanted))
        if self._bundle.config.zips and not submission.code.chosen:
            reasons.append(self._texts("differs_zips"))
        named, own = file_named_in(submission.code.cells), (submission.code.chosen or submission.file)
        if named and submission.code.is_script:
            reasons.append(self._texts("differs_script", named=named))
        elif named and own.rpartition("/")[2] != named:
            reasons.append(self._texts("differs_file", named=named, file=one_line(own)))
        if any(error.kind in ("interrupted", "crashed", "memory") for report in run.reports for error in report.errors):
            reasons.append(self._texts("differs_ended"))
        if any(
            verdict.kind in ("timeout", "crashed", "not_outside") for one in run.verdicts.values() for verdict in one
        ):
            reasons.append(self._texts("differs_case"))
        return " ".join(reasons)

    def _message(self, submission: Submission, cells: list[str], reports: list[CellReport]) -> str:
        """Say which cells had errors: what they were to define is not there."""
        notes = [self._texts(note.key, **note.values) for note in submission.code.notes]
        told: list[str] = []
        for report in reports[:5]:
            source = cells[report.cell] if report.cell < len(cells) else ""
            first = next((line for line in source.splitlines() if line.strip() and "_OTTER" not in line), "")[:60]
            for error in report.errors[:1]:
                what = (
                    self._texts(f"loading_{error.kind}", seconds=f"{self._limits.cell_seconds:g}")
                    if (error.kind in ("interrupted", "memory", "crashed"))
                    else f"{error.exception}: {error.text}"[:200]
                )
                told.append(self._texts("loading_error", place=self._texts("loading_cell", first=first), what=what))
        return " ".join([*notes, *told])

    def _result(
        self,
        submission: Submission,
        status: str,
        message: str,
        verdicts: Mapping[str, list[CaseVerdict]] = _NOTHING,
        told: Mapping[str, list[CaseVerdict]] = _NOTHING,
        differs: str = "",
    ) -> Result:
        tests = {test.stem: test for test in self._tests}
        counted = {test.stem for test in counted_tests(tests[stem] for stem in verdicts or tests)}
        questions = [
            self._question(test, verdicts.get(test.stem), told.get(test.stem, verdicts.get(test.stem)))
            for test in self._tests
            if test.stem in counted
        ]
        score, points = self._bundle.config.counted(
            sum(question.score for question in questions), sum(question.points for question in questions)
        )
        confinement = self._zygote.confinement
        return Result(
            submission=submission.id,
            file=submission.file,
            sha256=submission.sha256,
            stage=self._bundle.id,
            status=status,
            score=rounded(score),
            points=rounded(points),
            questions=questions,
            isolation=Isolation(confinement.level, ["process", *confinement.layers]),
            capas=capas.__version__,
            message=clean(message),
            differs_from_otter=clean(differs),
        )

    def _question(
        self, test: OtterTest, verdicts: list[CaseVerdict] | None, told: list[CaseVerdict] | None
    ) -> QuestionResult:
        """Return the result of a test; without verdicts nothing of it was run."""
        ran = verdicts or [CaseVerdict(False)] * len(test.cases)
        messages = told or ran
        cases = [
            CaseResult(
                name=case.name,
                hidden=case.hidden,
                points=case.points,
                passed=verdict.passed,
                kind=verdict.kind,
                message=self._told(case, verdict, said) if verdicts else "",
                judged=verdict.judged,
            )
            for case, verdict, said in zip(test.cases, ran, messages, strict=True)
        ]
        score = test.score([verdict.passed for verdict in ran])
        return QuestionResult(test.name, rounded(score), rounded(test.possible), False, None, cases)

    def _told(self, case: OtterCase, verdict: CaseVerdict, said: CaseVerdict) -> str:
        """Return the message of a case; of a hidden one nothing but what kind of thing is wrong."""
        if verdict.passed:
            return "" if case.hidden else case.success_message
        sentence = self._texts(f"hidden_{verdict.kind}" if verdict.kind in _KINDS else "hidden_example")
        if case.hidden:
            return self._texts("hidden_case", sentence=sentence)
        detail = said.told[:MAX_TOLD] if not said.passed else ""
        return clean("\n".join(filter(None, [case.failure_message, detail or sentence])))


def _shared(zygote: Zygote, files: Mapping[str, bytes]) -> SharedData:
    """Have the zygote keep large files, for all sandboxes to read."""
    with tempfile.TemporaryDirectory(prefix="capas-files-") as folder:
        paths = {name: Path(folder, str(number)) for number, name in enumerate(files)}
        for name, path in paths.items():
            path.write_bytes(files[name])
        return zygote.share(paths)


_KINDS = ("example", "raised", "timeout", "crashed", "not_outside")
