"""Where the time of a right submission goes, and what loading libraries costs: `python -m benchmarks.parts`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

from benchmarks.measure import table, typical_ms
from capas.course.model import Stage, load_course
from capas.course.solutions import Solutions
from capas.grading.stage import stage_grader, stage_test_files
from capas.sandbox import Limits, Sandbox, Zygote
from capas.sandbox.given import GivenFunctions
from capas.sandbox.preload import LIBRARIES
from capas.sandbox.program import Program
from capas.submission import Code, Submission

ROOT = Path(__file__).parents[1]
REPEATS = 40


def exchanges(stage: Stage, zygote: Zygote, source: str) -> int:
    """Return how many questions go through the pipe and are answered while a submission is judged."""
    count = 0

    def counted(work: Callable[..., Any]) -> Callable[..., Any]:
        def counting(*arguments: Any, **keywords: Any) -> Any:
            nonlocal count
            count += 1
            return work(*arguments, **keywords)

        return counting

    with (
        Program(zygote, stage.limits, [source]) as program,
        mock.patch.object(Sandbox, "call", counted(Sandbox.call)),
        mock.patch.object(GivenFunctions, "answer", counted(GivenFunctions.answer)),
    ):
        for test_file in stage_test_files(stage):
            test_file.run(program.namespace())
    return count


def parts_table(stages: list[Stage]) -> str:
    """Return the table of where the time of each stage's reference goes."""
    columns = ["stage", "in all", "fork, confine, load, end", "the judge and the functions, in one process"]
    with Zygote(Limits()) as zygote:
        return table([*columns, "the rest", "exchanges", "the rest of each"], [_parts(one, zygote) for one in stages])


def _parts(stage: Stage, zygote: Zygote) -> list[str]:
    source = Solutions(stage).reference_source
    submission = Submission("x", "x.py", "", Code([source]))
    grader, test_files = stage_grader(stage, zygote, "es"), stage_test_files(stage)
    namespace = vars(Solutions(stage).reference)
    whole = typical_ms(lambda: grader.grade(submission), REPEATS)
    life = typical_ms(lambda: Program(zygote, stage.limits, [source]).close(), REPEATS)
    judge = typical_ms(lambda: [test_file.run(namespace) for test_file in test_files], REPEATS)
    number = exchanges(stage, zygote, source)
    rest = whole - life - judge
    times = [f"{milliseconds:.1f} ms" for milliseconds in (whole, life, judge, rest)]
    return [stage.id, *times, f"{number}", f"{rest / number * 1e3:.0f} µs"]


def libraries_table() -> str:
    """Return the table of what a sandbox costs by what its fork server has loaded."""
    everything = [module for modules in LIBRARIES.values() for module in modules]
    rows = [_libraries(list(modules)) for modules in ([], *LIBRARIES.values(), everything)]
    return table(["imported", "loaded before the fork", "loaded in the sandbox"], rows)


def _libraries(modules: list[str]) -> list[str]:
    cell = "\n".join(f"import {module}" for module in modules)
    with Zygote(Limits(), modules=modules) as loaded, Zygote(Limits()) as plain:
        before = typical_ms(lambda: _life(loaded, cell), REPEATS)
        inside = typical_ms(lambda: _life(plain, cell), 5)
    return [", ".join(modules) or "NumPy only", f"{before:.1f} ms", f"{inside:.0f} ms"]


def _life(zygote: Zygote, cell: str) -> None:
    with Sandbox(zygote, Limits()) as sandbox:
        sandbox.load([cell])


def main() -> None:
    """Print both tables."""
    print(parts_table(load_course(ROOT).stages))
    print(libraries_table())


if __name__ == "__main__":
    main()
