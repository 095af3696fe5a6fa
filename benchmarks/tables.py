"""A stage with tables and plots, pandas and Matplotlib in every submission, beside `otter run`."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.classes import honest_class
from benchmarks.grading import graded
from benchmarks.measure import timed
from capas.bundle.build import build_stage
from capas.course.model import Stage, load_course
from capas.verify.otter_run import otter_run_all

EXAMPLE = Path(__file__).parents[1] / "tests" / "example_course"
COLUMNS = ["stage", "submissions", "`capas grade`, 2 workers", "`otter run`, 2 at once", "ratio", "same scores"]


def table_rows(size: int, sample: int, repeats: int) -> Iterator[list[str]]:
    """Grade ``size`` mixed submissions of each stage of the example course, and ``sample`` of them with `otter run`."""
    with tempfile.TemporaryDirectory() as name:
        root = shutil.copytree(EXAMPLE, Path(name) / "course")
        for stage in load_course(root).stages:
            yield _row(stage, Path(name) / stage.id, size, sample, repeats)


def _row(stage: Stage, folder: Path, size: int, sample: int, repeats: int) -> list[str]:
    built = build_stage(stage, "en")
    paths = honest_class(stage, built, size, folder / "class")
    (folder / "autograder.zip").write_bytes(built.autograder)
    scores: dict[str, float] = {}
    ours = timed(lambda: scores.update(graded(stage, folder / "class", 2, language="en")), repeats).each(size)
    chosen = paths[:: max(1, size // sample)][:sample]
    otters: list[float] = []
    pairs = [(path, folder / "autograder.zip") for path in chosen]
    theirs = timed(lambda: otters.extend(score.total for score in otter_run_all(pairs, 2))).each(len(chosen))
    same = otters == [scores[path.name] for path in chosen]
    ratio = f"{theirs.median / ours.median:.0f}×"
    return [stage.id, str(size), ours.text(), theirs.text(), ratio, "yes" if same else "NO"]
