"""Classes of every stage: beside `otter run`, beside the floor, and with one worker."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from benchmarks.classes import honest_class, hostile_class, library_class, repeating_class
from benchmarks.floor import floor
from benchmarks.measure import Times, timed
from capas.bundle.build import build_stage
from capas.course.model import Stage
from capas.grading.maker import StageGraders
from capas.grading.result import Result
from capas.run.pool import GradingRun, grade_all
from capas.sandbox import preload as heavy
from capas.submission import list_submissions
from capas.verify.otter_run import otter_run_all

HOSTILE = 4


class Measured(NamedTuple):
    """Seconds a submission, unless said otherwise."""

    two_workers: Times
    right_ones: Times
    """Of a class without mistakes, by two workers."""
    one_worker: Times
    otter: float
    same_scores: bool
    floor: float
    hostile: float
    """Of the run, for one that hangs and one that crashes."""


def graded(
    stage: Stage,
    folder: Path,
    workers: int,
    on_result: Callable[[Result], None] = lambda result: None,
    language: str = "es",
) -> dict[str, float]:
    """Grade a folder and return the scores, by file name."""
    with tempfile.TemporaryDirectory() as out:
        results = grade_all(
            GradingRun(StageGraders(stage, language), Path(out) / "out", workers),
            list_submissions([folder]),
            on_result=on_result,
        )
        return {result.file: result.score for result in results}


def measure_stage(stage: Stage, size: int, sample: int, repeats: int) -> Measured:
    """Grade ``size`` mixed submissions, and ``sample`` of them with `otter run` two at once."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        built = build_stage(stage, "es")
        paths = honest_class(stage, built, size, folder / "class")
        (folder / "autograder.zip").write_bytes(built.autograder)
        scores: dict[str, float] = {}
        two = timed(lambda: scores.update(graded(stage, folder / "class", 2)), repeats)
        one = timed(lambda: graded(stage, folder / "class", 1), repeats)
        honest_class(stage, built, size, folder / "right", right=True)
        right = timed(lambda: graded(stage, folder / "right", 2), repeats)
        chosen = paths[:: max(1, size // sample)][:sample]
        otter, totals = otters_seconds(chosen, folder / "autograder.zip")
        hostile_class(stage, HOSTILE, folder / "class")
        hostile = timed(lambda: graded(stage, folder / "class", 2)).median - two.median
    return Measured(
        two.each(size),
        right.each(size),
        one.each(size),
        otter,
        totals == [scores[path.name] for path in chosen],
        sum(floor(stage.id, size)) / size,
        hostile / (HOSTILE / 2),
    )


class Repeating(NamedTuple):
    """Seconds a submission where mistakes repeat, and those where nobody writes alike."""

    alike: Times
    own_words: Times
    otter: float
    same_scores: bool


def measure_repeating(stage: Stage, size: int, mistakes: int, sample: int, repeats: int) -> Repeating:
    """Grade a class in which mistakes repeat, and a sample of it with `otter run` two at once."""
    with tempfile.TemporaryDirectory() as name:
        folder, built = Path(name), build_stage(stage, "es")
        paths = repeating_class(stage, built, size, mistakes, folder / "class")
        (folder / "autograder.zip").write_bytes(built.autograder)
        scores: dict[str, float] = {}
        ours = timed(lambda: scores.update(graded(stage, folder / "class", 2)), repeats).each(size)
        chosen = paths[:: max(1, size // sample)][:sample]
        otter, totals = otters_seconds(chosen, folder / "autograder.zip")
        repeating_class(stage, built, size, mistakes, folder / "own", own_words=True)
        own = timed(lambda: graded(stage, folder / "own", 2), repeats).each(size)
    return Repeating(ours, own, otter, totals == [scores[path.name] for path in chosen])


def otters_seconds(chosen: list[Path], autograder: Path) -> tuple[float, list[float]]:
    """Return the seconds a submission that `otter run` takes two at once, and the scores."""
    totals: list[float] = []
    pairs = [(path, autograder) for path in chosen]
    took = timed(lambda: totals.extend(score.total for score in otter_run_all(pairs, 2)))
    return took.median / len(chosen), totals


def measure_libraries(stage: Stage, size: int) -> tuple[Times, Times]:
    """Return the seconds of a submission that imports large libraries: loaded before it is forked, and by itself."""
    with tempfile.TemporaryDirectory() as name:
        library_class(stage, size, Path(name) / "class")
        loaded = timed(lambda: graded(stage, Path(name) / "class", 2)).each(size)
        libraries = dict(heavy.LIBRARIES)
        heavy.LIBRARIES.clear()
        try:
            anew = timed(lambda: graded(stage, Path(name) / "class", 2)).each(size)
        finally:
            heavy.LIBRARIES.update(libraries)
    return loaded, anew
