"""Grading samples of a stage that is being written, in processes that stay from one change to the next."""

import functools
import os
import signal
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import msgspec

from capas.files import UserError
from capas.grading.cases import JudgeFile, load_test_file
from capas.grading.grader import Grader
from capas.grading.result import Result
from capas.run.workers import end_with_parent, process_context
from capas.sandbox import Limits, Zygote
from capas.submission import Code, Submission


class SampleJob(msgspec.Struct, frozen=True):
    """A source to be graded by the cases of one question, whose file at ``path`` has the text ``test_source``.

    ``data`` are the stage's data files, by name.
    """

    stage: str
    path: Path
    test_source: str
    limits: Limits
    language: str
    source: str
    data: dict[str, Path] = {}


class SamplePool:
    """Grades samples on ``workers`` processes, which start at the first and each keep a zygote."""

    def __init__(self, workers: int):
        self._workers = workers
        self._pool: ProcessPoolExecutor | None = None

    def grade(self, jobs: Sequence[SampleJob]) -> list[Result]:
        """Return a result for each job, in order.

        Raises:
            UserError: when a case is at fault, or a test file was saved again meanwhile.
        """
        if not jobs:
            return []
        self._pool = self._pool or ProcessPoolExecutor(self._workers, process_context(), initializer=_start)
        try:
            return list(self._pool.map(_grade, jobs))
        except BrokenProcessPool:
            self.close()
            raise UserError("a process that grades was ended from outside; save again to go on") from None

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


def _start() -> None:
    # Ctrl-C is the parent's, which ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()


@functools.lru_cache(maxsize=1)
def _zygote(limits: Limits, _process: int) -> Zygote:
    return Zygote(limits)


@functools.lru_cache(maxsize=256)
def _test_file(path: Path, source: str) -> JudgeFile:
    test_file = load_test_file(path)
    if test_file.source != source:
        raise UserError(f"{path} was saved again meanwhile; looking at it again")
    return test_file


def _grade(job: SampleJob) -> Result:
    test_file = _test_file(job.path, job.test_source)
    zygote = _zygote(job.limits, os.getpid())
    data = zygote.share(job.data)
    grader = Grader(job.stage, [test_file], job.limits, zygote, job.language, data=data)
    return grader.grade(Submission("sample", "sample.py", "", Code([job.source])))
