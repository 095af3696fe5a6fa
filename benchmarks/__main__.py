"""Print how fast grading is, beside `otter run` and beside the least that the same calls could take.

All ratios are of times measured in the same run, on the same cores. `--quick` only shows that it runs.
"""

import argparse
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.classes import honest_class, hostile_class
from capas.batch import grade_all
from capas.bundle import build_stage
from capas.cases import stage_test_files
from capas.course import Course, Stage, load_course
from capas.otter_run import otter_run_all
from capas.solutions import Solutions
from capas.submission import find_submissions

ROOT = Path(__file__).parents[1]


def timed(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def grade(stage: Stage, folder: Path, workers: int) -> float:
    """Return the seconds that grading a folder takes, processes started and all."""
    with tempfile.TemporaryDirectory() as out:
        found = find_submissions([folder])
        return timed(lambda: grade_all(stage, found, Path(out) / "out", "es", workers))


def floor(stage: Stage, size: int) -> float:
    """Return the seconds of the same calls in one warm process, plus one bare fork each."""
    test_files = stage_test_files(stage)
    namespace = vars(Solutions(stage).reference)
    for test_file in test_files:
        test_file.run(namespace)

    def once() -> None:
        for test_file in test_files:
            test_file.run(namespace)
        pid = os.fork()
        if pid == 0:
            os._exit(0)
        os.waitpid(pid, 0)

    return timed(lambda: [once() for _ in range(size)])


def against_otter(stage: Stage, size: int, sample: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        built = build_stage(stage, "es")
        paths = honest_class(stage, built, size, folder / "class")
        (folder / "autograder.zip").write_bytes(built.autograder)
        ours = statistics.median(grade(stage, folder / "class", 2) for _ in range(3)) / size
        chosen = paths[:: max(1, size // sample)][:sample]
        otter = timed(lambda: otter_run_all([(path, folder / "autograder.zip") for path in chosen], 2)) / len(chosen)
        hostile_class(stage, 4, folder / "hostile")
        hostile = grade(stage, folder / "hostile", 2)
        least = floor(stage, min(size, 50)) / min(size, 50)
        one = grade(stage, folder / "class", 1) / size
        print(
            f"| {stage.id} | {ours * 1e3:.1f} ms | {otter * 1e3:.0f} ms | {otter / ours:.0f}× "
            f"| {least * 1e3:.1f} ms | {one / least:.1f}× | {one / ours:.2f}× | {hostile:.1f} s |"
        )


def growth(stage: Stage, small: int, large: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        built = build_stage(stage, "es")
        seconds, memory = [], []
        for size in (small, large):
            honest_class(stage, built, size, Path(name) / str(size))
            seconds.append(grade(stage, Path(name) / str(size), 2))
            memory.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        print(
            f"\n{large} submissions take {seconds[1] / seconds[0]:.1f}× the time of {small} "
            f"({seconds[0]:.1f} s, {seconds[1]:.1f} s); the grader's memory grows by {memory[1] - memory[0]:.0f} MB."
        )


def commands(course: Course) -> None:
    stage = course.choose(["03_softmax"])[0]
    command = [sys.executable, "-m", "capas.cli", "check", stage.id, str(stage.solutions / "reference.py")]
    cold = statistics.median(
        timed(lambda: subprocess.run(command, cwd=ROOT, check=True, capture_output=True)) for _ in range(5)
    )
    print(f"\n`capas check` on one file, cold: {cold:.2f} s.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few submissions of one stage, to see that it runs")
    quick = parser.parse_args().quick
    course = load_course(ROOT)
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    print(f"{time.strftime('%Y-%m-%d')}, {machine}\n")
    columns = ("stage", "capas grade, 2 workers", "otter run, 2 at once", "ratio", "floor", "1 worker / floor")
    print("| " + " | ".join((*columns, "1 → 2 workers", "4 that hang or crash")) + " |")
    print("|---|---|---|---|---|---|---|---|")
    for stage in course.choose(["03_softmax"]) if quick else course.stages:
        against_otter(stage, 12 if quick else 200, 2 if quick else 10)
    growth(course.choose(["03_softmax"])[0], *((5, 10) if quick else (1_000, 10_000)))
    commands(course)


if __name__ == "__main__":
    main()
