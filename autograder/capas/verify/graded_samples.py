"""Samples as files that are handed in, and what `capas grade` makes of them."""

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from capas.bundle.build import Bundle
from capas.course.model import Stage
from capas.grading.grader import Grader
from capas.grading.maker import StageGraders
from capas.grading.result import Result
from capas.run.pool import GradingRun, grade_all
from capas.sandbox import Zygote
from capas.submission import list_submissions
from capas.verify.samples import Sample

FORMATS = ("py", "ipynb")


class PartGraders(StageGraders, frozen=True):
    """Makes graders of a stage that leave out some of its questions."""

    left_out: frozenset[str] = frozenset()

    def grader(self, zygote: Zygote) -> Grader:
        """Return a grader of the other questions."""
        return super().grader(zygote).without(self.left_out)


class SampleFile(msgspec.Struct, frozen=True):
    """A sample as a file in one of `FORMATS`, and its result in the language of the bundle that it was made with."""

    sample: Sample
    bundle: Bundle
    path: Path
    result: Result

    @property
    def name(self) -> str:
        """The sample, its format and the language, for people."""
        return f"{self.sample.name} ({self.path.suffix}, {self.bundle.language})"


def grade_samples(
    stage: Stage,
    wanted: Sequence[tuple[Sample, str]],
    bundle: Bundle,
    folder: Path,
    workers: int,
    on_done: Callable[[], None] = lambda: None,
    left_out: frozenset[str] = frozenset(),
) -> list[SampleFile]:
    """Write samples as files and grade them, in the language of ``bundle``.

    Args:
        stage: the stage.
        wanted: each sample with its format; one may be wanted in several.
        bundle: what students get, in whose notebook the samples are filled.
        folder: a new one, for the files and their results.
        workers: how many processes grade.
        on_done: told when one more is graded.
        left_out: questions that are not asked, and not in the results.
    """
    submissions = folder / "submissions"
    submissions.mkdir(parents=True)
    paths = [submissions / f"{sample.kind}_{sample.id}_{suffix}.{suffix}" for sample, suffix in wanted]
    for path, (sample, suffix) in zip(paths, wanted, strict=True):
        path.write_bytes(sample.as_notebook(bundle, stage) if suffix == "ipynb" else sample.as_script())
    graded = grade_all(
        GradingRun(PartGraders(stage, bundle.language, left_out), folder / "results", workers),
        list_submissions([submissions]),
        on_result=lambda _: on_done(),
    )
    results = {result.submission: _of_the_machine(result) for result in graded}
    return [
        SampleFile(sample, bundle, path, results[path.stem]) for path, (sample, _) in zip(paths, wanted, strict=True)
    ]


def _of_the_machine(result: Result) -> Result:
    """Return a result without what a person grades."""
    questions = [question for question in result.questions if not question.manual]
    return msgspec.structs.replace(result, questions=questions)
