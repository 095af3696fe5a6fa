"""What a university would take, worked out from what was measured here.

Three things bound the rate: what the workers judge, what the scheduler of many machines hands out, and what the one
process that writes can write. The slowest decides.
"""

import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from benchmarks.measure import timed
from capas.course.model import Stage
from capas.course.solutions import Solutions
from capas.grading.maker import StageGraders
from capas.grading.result import Result
from capas.grading.stage import stage_grader
from capas.run.pool import GradingRun, grade_all
from capas.sandbox import Zygote
from capas.submission import Contents, SubmissionFile, hash_of, read_submission

PAPER_COLUMNS = ["submissions", "machines", "time", "what decides"]
SUBMISSIONS, MACHINES = (100_000, 1_000_000), (1, 10, 100)


class Rates(NamedTuple):
    """Submissions a second: judged by one machine like this, handed out by a scheduler, written by one process."""

    judged: float
    handed_out: float
    written: float


def measure_writing(stage: Stage, size: int) -> tuple[float, float]:
    """Return how many results one process reads, writes and keeps a second, and the kilobytes of each on the disk."""
    source = Solutions(stage).reference_source
    with Zygote(stage.limits) as zygote:
        graded = stage_grader(stage, zygote, "es").grade(
            read_submission(SubmissionFile("x", "x.py", Contents(source.encode())))
        )

    def no_work(waiting: Iterator[SubmissionFile]) -> Generator[list[Result], None, None]:
        for one in waiting:
            digest = hash_of(one.read())
            yield [msgspec.structs.replace(graded, submission=one.id, file=one.file, sha256=digest)]

    with tempfile.TemporaryDirectory() as name:
        found = [
            SubmissionFile(f"{number:06d}", "x.py", Contents(f"{source}\n# {number}".encode()))
            for number in range(size)
        ]
        out = Path(name) / "out"
        seconds = timed(lambda: grade_all(GradingRun(StageGraders(stage, "es"), out, 1), found, grade=no_work)).median
        kilobytes = sum(path.stat().st_size for path in out.rglob("*") if path.is_file()) / 1024
    return size / seconds, kilobytes / size


def paper_rows(rates: Rates) -> Iterator[list[str]]:
    """Yield hours by submissions and machines, and what decides."""
    for submissions in SUBMISSIONS:
        for machines in MACHINES:
            bounds = {"judging": rates.judged * machines, "writing": rates.written}
            if machines > 1:
                bounds["handing out"] = rates.handed_out
            what = min(bounds, key=lambda name: bounds[name])
            yield [f"{submissions:,}", f"{machines}", _duration(submissions / bounds[what]), what]


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5_400 else f"{seconds / 3_600:.1f} h"
