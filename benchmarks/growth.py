"""Many submissions: how time and the memory of the grader grow."""

import os
import tempfile
from pathlib import Path
from typing import NamedTuple

from benchmarks.classes import honest_class
from benchmarks.grading import graded
from benchmarks.measure import timed
from capas.bundle.build import build_stage
from capas.course.model import Stage


class Growth(NamedTuple):
    """Seconds of both sizes, and megabytes between the result that ends the first and the last one."""

    small: float
    large: float
    megabytes: float

    @property
    def ratio(self) -> float:
        """How many times longer the large class takes."""
        return self.large / self.small


def measure_growth(stage: Stage, small: int, large: int) -> Growth:
    """Grade ``small`` submissions, then ``large``, with two workers."""
    built = build_stage(stage, "es")
    with tempfile.TemporaryDirectory() as name:
        honest_class(stage, built, small, Path(name) / "small")
        honest_class(stage, built, large, Path(name) / "large")
        memory: list[float] = []
        # Before and after, so that a machine that gets slower meanwhile does not look like growth.
        before = timed(lambda: graded(stage, Path(name) / "small", 2)).median
        in_large = timed(lambda: graded(stage, Path(name) / "large", 2, lambda _: memory.append(_megabytes()))).median
        after = timed(lambda: graded(stage, Path(name) / "small", 2)).median
    return Growth((before + after) / 2, in_large, memory[-1] - memory[small - 1])


def _megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
