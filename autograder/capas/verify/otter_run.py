"""Grading with `otter run` itself, for comparison: what Gradescope would say of the same submission."""

import contextlib
import io
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, cast

import msgspec

from capas.run.workers import process_context


class OtterScore(msgspec.Struct, frozen=True):
    """What `otter run` made of one submission: score by question, seconds, or the error that ended it."""

    scores: dict[str, float]
    seconds: float
    error: str = ""

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
        error = str(results.catastrophic_error or "")
    except Exception as failure:
        scores, error = {}, f"{type(failure).__name__}: {failure}"
    return OtterScore(scores, time.perf_counter() - begin, error)


def otter_run_cases(submission: Path, autograder: Path) -> dict[str, list[bool]]:
    """Return whether each case of each question passes, in Otter's order."""
    return {
        name: [outcome.passed for outcome in file.test_case_results]
        for name, file in _run(submission, autograder).results.items()
    }


def _run(submission: Path, autograder: Path) -> Any:
    from jupyter_client.connect import ConnectionFileMixin
    from otter.run import capture_run_output
    from otter.run import main as run

    # Two kernels that start at once may be given the same TCP port; sockets in files cannot clash.
    ConnectionFileMixin.transport.default_value = "ipc"
    # Otter annotates this context manager as the iterable inside it.
    with cast(Any, capture_run_output)(), contextlib.redirect_stdout(io.StringIO()):
        return run(str(submission), autograder=str(autograder), output_dir="", no_logo=True)


def otter_run_all(submissions: list[tuple[Path, Path]], workers: int = 2) -> list[OtterScore]:
    """Run `otter run` on pairs of submission and autograder, ``workers`` at once."""
    # Otter changes the working directory of its process, so each needs one of its own.
    with ProcessPoolExecutor(workers, process_context()) as pool:
        return list(pool.map(otter_run, *zip(*submissions, strict=True))) if submissions else []
