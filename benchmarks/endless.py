"""What cells that never end cost a class: `python -m benchmarks.endless`, by 1, 2 and 4 workers.

A deadline is waited for by one worker and cannot be shared, so five of ten seconds lie one after the other by one
worker, three by two, and two by four: the class takes that long, and what grading the rest takes.
"""

import math
import tempfile
import time
from pathlib import Path

from benchmarks.classes import endless_class
from benchmarks.grading import graded
from benchmarks.measure import table
from capas.bundle.build import build_stage
from capas.course.model import open_course

STAGE, SIZE, ENDLESS, WORKERS = "03_softmax", 200, 5, (1, 2, 4)


def seconds_of(endless: int, workers: int) -> float:
    """Return the seconds that a class takes in which ``endless`` have a cell that never ends.

    Raises:
        AssertionError: when such a cell costs anybody a point.
    """
    (stage,) = open_course(Path(__file__).parents[1]).choose([STAGE])
    with tempfile.TemporaryDirectory() as name:
        endless_class(stage, build_stage(stage, "es"), SIZE, endless, Path(name) / "class")
        begin = time.perf_counter()
        scores = graded(stage, Path(name) / "class", workers)
        took = time.perf_counter() - begin
    assert len(scores) == SIZE, len(scores)
    assert set(scores.values()) == {stage.points}, scores
    return took


def main() -> None:
    """Print the table."""
    rows = []
    for workers in WORKERS:
        deadlines = math.ceil(ENDLESS / workers)
        without, with_them = seconds_of(0, workers), seconds_of(ENDLESS, workers)
        rows.append([str(workers), f"{without:.1f} s", f"{with_them:.1f} s", f"{deadlines} × 10 s"])
    print(table(["workers", "no endless cell", f"{ENDLESS} endless cells", "deadlines one after the other"], rows))


if __name__ == "__main__":
    main()
