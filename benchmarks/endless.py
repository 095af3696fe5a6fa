"""What cells that never end cost a class, by 1, 2 and 4 workers.

A deadline is waited for by one worker and cannot be shared, so five of ten seconds lie one after the other by one
worker, three by two, and two by four: the class takes that long, and what grading the rest takes.
"""

import math
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.classes import endless_class
from benchmarks.grading import graded
from capas.bundle.build import build_stage
from capas.course.model import Course

STAGE, WORKERS = "03_softmax", (1, 2, 4)
COLUMNS = ["workers", "no endless cell", "with endless cells", "deadlines one after the other"]


def seconds_of(course: Course, size: int, endless: int, workers: int) -> float:
    """Return the seconds that a class takes in which ``endless`` have a cell that never ends.

    Raises:
        AssertionError: when such a cell costs anybody a point.
    """
    (stage,) = course.choose([STAGE])
    with tempfile.TemporaryDirectory() as name:
        endless_class(stage, build_stage(stage, "es"), size, endless, Path(name) / "class")
        begin = time.perf_counter()
        scores = graded(stage, Path(name) / "class", workers)
        took = time.perf_counter() - begin
    assert len(scores) == size, len(scores)
    assert set(scores.values()) == {stage.points}, scores
    return took


def rows(course: Course, size: int, endless: int) -> Iterator[list[str]]:
    """Yield the seconds that a class of ``size`` takes without such cells, and with them in ``endless`` submissions."""
    for workers in WORKERS:
        deadlines = math.ceil(endless / workers)
        without, with_them = (seconds_of(course, size, number, workers) for number in (0, endless))
        yield [str(workers), f"{without:.1f} s", f"{with_them:.1f} s", f"{deadlines} × 10 s"]
