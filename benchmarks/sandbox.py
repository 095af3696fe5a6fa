"""What a sandbox costs, by level, and what grading costs by grain: `python -m benchmarks.sandbox`.

The grain is how often student code gets a fresh process: once a submission, once a question, once a case.
"""

from functools import partial
from pathlib import Path

from benchmarks.measure import table, typical_ms
from capas.course.model import Stage, load_course
from capas.course.solutions import Solutions
from capas.grading.stage import stage_test_files
from capas.sandbox import MAX_LEVEL, Limits, Sandbox, Zygote
from capas.sandbox.program import Program

ROOT = Path(__file__).parents[1]
REPEATS = 30


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

    return {work.__name__: typical_ms(work, 10) for work in (submission, question, case)}


def main() -> None:
    """Print both tables."""
    levels = []
    for level in range(MAX_LEVEL + 1):
        with Zygote(Limits(), max_level=level) as zygote:
            levels.append([f"{level}", f"{typical_ms(partial(one_sandbox, zygote), REPEATS):.1f} ms"])
    print(table(["level", "fork, confine, load, call, end"], levels))
    with Zygote(Limits()) as zygote:
        grains = [
            [stage.id, *(f"{value:.0f} ms" for value in by_grain(stage, zygote).values())]
            for stage in load_course(ROOT).stages
        ]
    print(table(["stage", "one a submission", "one a question", "one a case"], grains))


if __name__ == "__main__":
    main()
