"""What a sandbox costs, by level, and what grading costs by grain: `python -m benchmarks.sandbox`.

The grain is how often student code gets a fresh process: once a submission, once a question, once a case.
"""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from capas.cases import stage_test_files
from capas.course import Stage, load_course
from capas.program import Program
from capas.sandbox import MAX_LEVEL, Limits, Sandbox, Zygote
from capas.solutions import Solutions

ROOT = Path(__file__).parents[1]
REPEATS = 30


def median_ms(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """Return the median time of ``work`` in milliseconds."""
    times = []
    for _ in range(repeats):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return statistics.median(times) * 1e3


def one_sandbox(zygote: Zygote) -> None:
    """Fork, confine, load, call, end."""
    with Sandbox(zygote, Limits()) as sandbox:
        sandbox.load(["def double(x):\n    return 2 * x"])
        sandbox.call("double", (3,), {})


def by_grain(stage: Stage, zygote: Zygote) -> dict[str, float]:
    """Return the milliseconds of grading the reference of ``stage``, by grain."""
    test_files = stage_test_files(stage)
    source = Solutions(stage).reference_source

    def submission() -> None:
        with Program(zygote, stage.limits, [source]) as program:
            for test_file in test_files:
                test_file.run(program.namespace())

    def question() -> None:
        for test_file in test_files:
            with Program(zygote, stage.limits, [source]) as program:
                test_file.run(program.namespace())

    def case() -> None:
        for test_file in test_files:
            cases = test_file.test_cases
            for one in cases:
                test_file.test_cases = [one]
                with Program(zygote, stage.limits, [source]) as program:
                    test_file.run(program.namespace())
            test_file.test_cases = cases

    submission()
    return {work.__name__: median_ms(work, 10) for work in (submission, question, case)}


def main() -> None:
    """Print both tables."""
    print("| level | fork, confine, load, call, end |\n|---|---|")
    for level in range(MAX_LEVEL + 1):
        with Zygote(max_level=level) as zygote:
            one_sandbox(zygote)
            print(f"| {level} | {median_ms(lambda: one_sandbox(zygote)):.1f} ms |")
    print("\n| stage | one a submission | one a question | one a case |\n|---|---|---|---|")
    with Zygote() as zygote:
        for stage in load_course(ROOT).stages:
            times = by_grain(stage, zygote)
            print(f"| {stage.id} | " + " | ".join(f"{value:.0f} ms" for value in times.values()) + " |")


if __name__ == "__main__":
    main()
