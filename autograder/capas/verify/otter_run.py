"""Grading with `otter run` itself, for comparison: what Gradescope would say of the same submission."""

import contextlib
import io
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, cast

import msgspec

from capas.grading.otter_files import FAILED
from capas.run.workers import process_context


class CaseVerdict(msgspec.Struct, frozen=True):
    """What a judge says of one case: whether it passes, and the message to the student, "" where it does."""

    passed: bool
    message: str


class OtterScore(msgspec.Struct, frozen=True):
    """What `otter run` made of one submission: score by question, seconds, or the error that ended it.

    ``cases`` are the verdicts on the cases of each question, in the order of its test file, public ones first.
    """

    scores: dict[str, float]
    seconds: float
    error: str = ""
    cases: dict[str, list[CaseVerdict]] = {}

    @property
    def total(self) -> float:
        """The sum of all questions."""
        return round(sum(self.scores.values()), 6)


def otter_run(submission: Path, autograder: Path) -> OtterScore:
    """Run Otter's own non-containerised grading on one submission."""
    begin = time.perf_counter()
    try:
        results = _run(submission, autograder)
        scores = {name: round(float(file.score), 6) for name, file in results.results.items()}
        error, cases = str(results.catastrophic_error or ""), _cases(results)
    except Exception as failure:
        scores, error, cases = {}, f"{type(failure).__name__}: {failure}", {}
    return OtterScore(scores, time.perf_counter() - begin, error, cases)


def otter_run_cases(submission: Path, autograder: Path) -> dict[str, list[bool]]:
    """Return whether each case of each question passes, in Otter's order."""
    cases = _cases(_run(submission, autograder))
    return {name: [case.passed for case in verdicts] for name, verdicts in cases.items()}


def _cases(results: Any) -> dict[str, list[CaseVerdict]]:
    return {
        name: [
            CaseVerdict(case.passed, "" if case.passed else case.message.removeprefix(FAILED))
            for case in file.test_case_results
        ]
        for name, file in results.results.items()
    }


def _run(submission: Path, autograder: Path) -> Any:
    from otter.run import capture_run_output
    from otter.run import main as run

    # Otter annotates this context manager as the iterable inside it.
    with _kernels_by_files(), cast(Any, capture_run_output)(), contextlib.redirect_stdout(io.StringIO()):
        return run(str(submission), autograder=str(autograder), output_dir="", no_logo=True)


@contextlib.contextmanager
def _kernels_by_files() -> Iterator[None]:
    """Let kernels that start now talk through files: two that start at once may be given the same TCP port."""
    from jupyter_client.connect import ConnectionFileMixin

    transport = cast(Any, ConnectionFileMixin.transport)
    before, transport.default_value = transport.default_value, "ipc"
    try:
        yield
    finally:
        # The files lie in the kernel's working directory: another kernel of this process may be asked from elsewhere.
        transport.default_value = before


def otter_run_all(
    submissions: list[tuple[Path, Path]], workers: int = 2, on_done: Callable[[], None] = lambda: None
) -> list[OtterScore]:
    """Run `otter run` on pairs of submission and autograder, ``workers`` at once; ``on_done`` is told of each."""
    scores = []
    # Otter changes the working directory of its process, so each needs one of its own.
    with ProcessPoolExecutor(workers, process_context()) as pool:
        for score in pool.map(otter_run, *zip(*submissions, strict=True)) if submissions else ():
            scores.append(score)
            on_done()
    return scores
