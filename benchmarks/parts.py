"""Where the time of a right submission goes, and what loading libraries costs."""

from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

from benchmarks.measure import typical_ms
from capas.course.model import Stage
from capas.course.solutions import Solutions
from capas.grading.stage import stage_grader, stage_test_files
from capas.sandbox import Limits, Sandbox, Zygote
from capas.sandbox.given import GivenFunctions
from capas.sandbox.preload import LIBRARIES
from capas.sandbox.program import Program
from capas.submission import Code, Submission

PART_COLUMNS = ["stage", "in all", "fork, confine, load, end", "the judge and the functions, in one process"]
PART_COLUMNS += ["the rest", "exchanges", "the rest of each"]
LIBRARY_COLUMNS = ["imported", "loaded before the fork", "loaded in the sandbox"]
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


def part_rows(stages: list[Stage]) -> Iterator[list[str]]:
    """Yield where the time of each stage's reference goes."""
    with Zygote(Limits()) as zygote:
        for stage in stages:
            yield _parts(stage, zygote)


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


def library_rows() -> Iterator[list[str]]:
    """Yield what a sandbox costs by what its fork server has loaded."""
    everything = [module for modules in LIBRARIES.values() for module in modules]
    for modules in ([], *LIBRARIES.values(), everything):
        yield _libraries(list(modules))


def _libraries(modules: list[str]) -> list[str]:
    cell = "\n".join(f"import {module}" for module in modules)
    with Zygote(Limits(), modules=modules) as loaded, Zygote(Limits()) as plain:
        before = typical_ms(lambda: _life(loaded, cell), REPEATS)
        inside = typical_ms(lambda: _life(plain, cell), 5)
    return [", ".join(modules) or "NumPy only", f"{before:.1f} ms", f"{inside:.0f} ms"]


def _life(zygote: Zygote, cell: str) -> None:
    with Sandbox(zygote, Limits()) as sandbox:
        sandbox.load([cell])
