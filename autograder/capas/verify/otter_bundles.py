"""A bundle of Otter's graded by `otter run` and by us, case by case: by this a teacher comes to trust us, or not."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import msgspec

from capas.grading.maker import BundleGraders
from capas.grading.result import Result
from capas.run.pool import GradingRun, grade_all
from capas.submission import SubmissionFile, Unreadable
from capas.verify.otter_run import OtterScore

OTTER_SECONDS = 900.0
"""How long one `otter run` may take, which has no limit of its own."""
_RUN = """
import sys, msgspec
from pathlib import Path
from capas.verify.otter_run import otter_run
score = otter_run(Path(sys.argv[1]), Path(sys.argv[2]))
Path(sys.argv[3]).write_bytes(msgspec.json.encode(score))
"""


class Compared(msgspec.Struct, frozen=True):
    """One submission under both."""

    ours: Result
    otter: OtterScore

    @property
    def same_score(self) -> bool:
        """Whether every question has the same score."""
        ours = {question.name: question.score for question in self.ours.questions}
        return bool(self.otter.scores) and all(
            abs(ours.get(name, 0.0) - score) < 1e-5 for name, score in self.otter.scores.items()
        )

    @property
    def different(self) -> list[str]:
        """The names of the cases on which they do not agree."""
        names: list[str] = []
        for question in self.ours.questions:
            verdicts = self.otter.cases.get(question.name, [])
            pairs = zip(question.cases, verdicts, strict=False)
            names += [case.name for case, verdict in pairs if case.passed != verdict.passed]
        return names


def grade_ours(
    graders: BundleGraders, files: Sequence[SubmissionFile], workers: int
) -> tuple[dict[str, Result], float]:
    """Return our results by submission, and the seconds that all took."""
    with tempfile.TemporaryDirectory(prefix="capas-compare-") as folder:
        begin = time.perf_counter()
        journal = grade_all(GradingRun(graders, Path(folder), workers), files)
        return {result.submission: result for result in journal}, time.perf_counter() - begin


def grade_with_otter(autograder: Path, files: Sequence[SubmissionFile], workers: int) -> Iterator[OtterScore]:
    """Yield what `otter run` makes of each submission, in order; one that takes too long is ended."""
    with ThreadPoolExecutor(workers) as pool:
        yield from pool.map(partial(_otter, autograder.absolute()), files)


def _otter(autograder: Path, file: SubmissionFile) -> OtterScore:
    begin = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="capas-otter-") as folder:
        path, out = Path(folder, file.file), Path(folder, "score.json")
        try:
            path.write_bytes(file.read())
        except (Unreadable, OSError) as error:
            return OtterScore({}, 0.0, f"it cannot be read: {error}")
        command = [sys.executable, "-c", _RUN, str(path), str(autograder), str(out)]
        quiet = subprocess.DEVNULL
        process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, cwd=folder, start_new_session=True)
        try:
            process.wait(OTTER_SECONDS)
        except subprocess.TimeoutExpired:
            return OtterScore({}, time.perf_counter() - begin, f"not finished after {OTTER_SECONDS:g} s")
        finally:
            # Its kernel is a process of the same session.
            if process.poll() is None and hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        if out.exists():
            return msgspec.json.decode(out.read_bytes(), type=OtterScore)
        return OtterScore({}, time.perf_counter() - begin, "otter run ended without a result")
