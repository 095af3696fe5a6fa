"""The proof of a stage: every solution, alternative, mistake and stub behaves, and all who judge say the same of it."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec

from capas.bundle.build import Bundle, build_languages
from capas.bundle.problems import stage_problems
from capas.course.model import Stage
from capas.course.solutions import Solutions
from capas.files import UserError
from capas.verify.agreement import differences_from_check, differences_from_otter
from capas.verify.behaviour import QuestionReport, question_reports, wrong_scores
from capas.verify.first_cell import first_cell_notes
from capas.verify.graded_samples import FORMATS, SampleFile, grade_samples
from capas.verify.long_questions import long_questions, untouched_samples
from capas.verify.otter_run import otter_run_all
from capas.verify.samples import Sample, combine_samples, make_samples
from capas.verify.student_check import student_checks
from capas.verify.warm_otter import warm_otter_run_all
from capas.verify.watcher import Watcher

WHOLE_RUNS = {False: 20, True: 4}
"""How many whole runs of `otter run` a stage gets, by whether it is verified quickly."""


class VerificationReport(msgspec.Struct):
    """What verifying a stage found: a row a question, runs compared with Otter, and every problem in words.

    ``notes`` say what is good to know, and no problem.
    """

    stage: str
    questions: list[QuestionReport]
    compared: int
    problems: list[str]
    notes: list[str] = []


def verify_stage(
    stage: Stage,
    language: str,
    workers: int,
    with_otter: bool = True,
    quick: bool = False,
    watcher: Watcher | None = None,
) -> VerificationReport:
    """Grade every sample of ``stage``, and compare all who judge it, case by case and word for word.

    `capas grade` and `capas_check` get each sample in all languages, `capas grade` in both formats in ``language`` and
    in one of the two in each other. Otter, kept warm, gets each twice: in one format in ``language``, in the other in
    another language. Whole runs of `otter run` are made for some of them.

    Args:
        stage: the stage.
        language: the main one, which the table is about.
        workers: how many processes to use.
        with_otter: whether Otter is asked too.
        quick: each sample is graded alone in ``language`` only, in one format by turns. In other languages, by
            `capas_check` and by Otter, samples are graded that hold a variant of every question. A question with
            seconds of its own is asked of those alone that may answer it otherwise than the reference. That takes a
            tenth of the time.
        watcher: told what is being done.

    Raises:
        UserError: when the stage cannot be built.
    """
    watcher = watcher or Watcher()
    watcher.begins("files")
    found = stage_problems(stage, stage.languages)
    in_files = [str(problem) for problem in found]
    if any(problem.endless for problem in found):
        return VerificationReport(stage.id, [], 0, in_files)
    languages = [language, *(other for other in stage.languages if other != language)]
    watcher.begins("build")
    try:
        solutions = Solutions(stage)
        bundles = list(build_languages(stage, languages))
    except UserError as error:
        if not in_files:
            raise
        told = str(error).rpartition(": ")[2]
        again = any(told in problem for problem in in_files)
        return VerificationReport(stage.id, [], 0, in_files if again else [*in_files, str(error)])
    with tempfile.TemporaryDirectory(prefix="capas-verify-") as folder:
        proof = _Proof(stage, solutions, bundles, Path(folder), workers, watcher)
        files = proof.grade_quickly() if quick else proof.grade()
        together = proof.combine() if quick else []
        problems = in_files + [problem for file in files for problem in wrong_scores(file)]
        problems += proof.compare_with_check(together or files)
        for_otter: list[SampleFile] = []
        if with_otter:
            for_otter = together or _two_of_each(files)
            problems += proof.compare_with_otter(for_otter, WHOLE_RUNS[quick])
        rows = question_reports(stage, [file for file in files if file.bundle is bundles[0]])
    return VerificationReport(stage.id, rows, len(for_otter), problems, first_cell_notes(stage, bundles))


class _Proof(msgspec.Struct):
    """The steps of verifying a stage, with what all of them need; ``bundles`` has the main language first."""

    stage: Stage
    solutions: Solutions
    bundles: list[Bundle]
    folder: Path
    workers: int
    watcher: Watcher

    def grade(self) -> list[SampleFile]:
        """Grade all samples: in both formats in the main language, in one of them, by turns, in the others."""
        files = []
        for bundle in self.bundles:
            samples = make_samples(self.stage, self.solutions, bundle)
            both = [(sample, suffix) for sample in samples for suffix in FORMATS]
            files += self._grade("alone", both if bundle is self.bundles[0] else _formats_by_turns(samples, 0), bundle)
        return files

    def grade_quickly(self) -> list[SampleFile]:
        """Grade all samples in the main language, in one format by turns; without what takes long, where it can."""
        samples = make_samples(self.stage, self.solutions, self.bundles[0])
        untouched, wanted = untouched_samples(self.stage, samples), _formats_by_turns(samples, 0)
        whole = [(sample, suffix) for sample, suffix in wanted if sample.name not in untouched]
        part = [(sample, suffix) for sample, suffix in wanted if sample.name in untouched]
        files = self._grade("alone", whole, self.bundles[0])
        return files + (self._grade("in_part", part, self.bundles[0], long_questions(self.stage)) if part else [])

    def combine(self) -> list[SampleFile]:
        """Grade samples that hold a variant of every question, with languages and formats by turns."""
        files = []
        for number, bundle in enumerate(self.bundles):
            samples = combine_samples(self.stage, self.solutions, bundle)[number :: len(self.bundles)]
            files += self._grade("combined", _formats_by_turns(samples, number), bundle)
        return files

    def _grade(
        self, name: str, wanted: list[tuple[Sample, str]], bundle: Bundle, left_out: frozenset[str] = frozenset()
    ) -> list[SampleFile]:
        self.watcher.begins(f"capas grade ({bundle.language})", len(wanted))
        folder = self.folder / name / bundle.language
        return grade_samples(self.stage, wanted, bundle, folder, self.workers, self.watcher.done, left_out)

    def compare_with_check(self, files: Sequence[SampleFile]) -> list[str]:
        """Return what `capas_check` says otherwise than `capas grade`."""
        problems = []
        for bundle in self.bundles:
            own = [file for file in files if file.bundle is bundle]
            sources = list(dict.fromkeys(file.sample.source for file in own))
            self.watcher.begins(f"capas_check ({bundle.language})", len(sources))
            checks = student_checks(bundle, sources, self.stage.limits.program_seconds, self.workers, self.watcher.done)
            by_source = dict(zip(sources, checks, strict=True))
            problems += [
                problem
                for file in own
                if file.result.status == "graded"  # what was not is a problem already
                for problem in differences_from_check(file.name, file.result, by_source[file.sample.source])
            ]
        return problems

    def compare_with_otter(self, files: Sequence[SampleFile], whole: int) -> list[str]:
        """Return what Otter says otherwise than `capas grade`; ``whole`` of the files get an `otter run` too."""
        autograders = {bundle.language: self.folder / f"autograder_{bundle.language}.zip" for bundle in self.bundles}
        for bundle in self.bundles:
            autograders[bundle.language].write_bytes(bundle.autograder)
        spread = [files[place * len(files) // whole] for place in range(min(whole, len(files)))]
        problems = []
        for step, chosen, run in (
            ("Otter kept warm", files, warm_otter_run_all),
            ("otter run", spread, otter_run_all),
        ):
            self.watcher.begins(step, len(chosen))
            scores = run(
                [(file.path, autograders[file.bundle.language]) for file in chosen], self.workers, self.watcher.done
            )
            problems += [
                problem
                for file, score in zip(chosen, scores, strict=True)
                for problem in differences_from_otter(file.name, file.result, score)
            ]
        return list(dict.fromkeys(problems))


def _formats_by_turns(samples: Sequence[Sample], first: int) -> list[tuple[Sample, str]]:
    return [(sample, FORMATS[place % 2]) for place, sample in enumerate(samples, first)]


def _two_of_each(files: Sequence[SampleFile]) -> list[SampleFile]:
    """Return two files of each sample, in both formats, and in two languages where there are; see `_Proof.grade`."""
    by_sample: dict[str, list[SampleFile]] = {}
    for file in files:
        by_sample.setdefault(file.sample.name, []).append(file)
    chosen = []
    for place, (python, notebook, *others) in enumerate(by_sample.values()):
        # Another language has each sample in one format, by turns; the main language has the other one.
        main = (notebook, python)[place % 2]
        chosen += [main, others[place // 2 % len(others)]] if others else [python, notebook]
    return chosen
