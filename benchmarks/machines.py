"""Dask with two worker processes beside two workers of our own, and how fast its scheduler hands work out."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from distributed import Client

from benchmarks.classes import honest_class
from benchmarks.measure import Times, timed
from capas.bundle.build import build_stage
from capas.course.model import Stage
from capas.grading.maker import StageGraders
from capas.run.cluster import Cluster
from capas.run.pool import GradingRun, grade_all
from capas.submission import Contents, SubmissionFile, list_submissions

START_SECONDS = 60.0
LOCAL = ["--host", "127.0.0.1", "--no-dashboard"]


class Compared(NamedTuple):
    """Seconds of a class on both, whether every file came out the same, and submissions a second handed out."""

    dask: Times
    here: Times
    same_results: bool
    handed_out: float

    @property
    def ratio(self) -> float:
        """How many times longer Dask takes."""
        return self.dask.median / self.here.median


def measure_dask(stage: Stage, size: int, repeats: int) -> Compared:
    """Grade ``size`` submissions on both in turn, then ten times as many that hold nothing to be judged."""
    with tempfile.TemporaryDirectory() as name, _two_workers(Path(name)) as address:
        folder = Path(name)
        honest_class(stage, build_stage(stage, "es"), size, folder / "class")
        found = list_submissions([folder / "class"])

        def there(found: list[SubmissionFile], out: Path) -> None:
            # A scheduler keeps nothing of a connection that was closed: all is graded again.
            with Cluster(address) as cluster:
                grade_all(
                    GradingRun(StageGraders(stage, "es"), out, 2),
                    found,
                    grade=partial(cluster.grade, StageGraders(stage, "es"), 0),
                )

        dask, here = [], []
        for number in range(repeats):
            dask += timed(partial(there, found, folder / f"dask{number}")).runs
            here += timed(
                partial(grade_all, GradingRun(StageGraders(stage, "es"), folder / f"here{number}", 2), found)
            ).runs
        empty = [SubmissionFile(str(number), "x.ipynb", Contents(b"%d" % number)) for number in range(10 * size)]
        seconds = timed(lambda: there(empty, folder / "empty")).median
        same = _files(folder / "dask0") == _files(folder / "here0")
        return Compared(Times(dask), Times(here), same, len(empty) / seconds)


@contextmanager
def _two_workers(folder: Path) -> Iterator[str]:
    """Start a scheduler and two workers with one thread each; yield the scheduler's address."""
    place = folder / "scheduler.json"
    processes = [_dask("scheduler", "--port", "0", "--scheduler-file", str(place))]
    try:
        while not place.is_file():
            if processes[0].poll() is not None:
                raise RuntimeError("the scheduler ended; try: python -m dask scheduler")
            time.sleep(0.1)
        address = json.loads(place.read_text())["address"]
        for number in range(2):
            local = str(folder / f"worker{number}")
            processes.append(_dask("worker", address, "--nthreads", "1", "--no-nanny", "--local-directory", local))
        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(2, START_SECONDS)
        yield address
    finally:
        # Workers first: without its scheduler one would look for it.
        for process in reversed(processes):
            process.terminate()
            process.wait()


def _dask(*arguments: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "dask", *arguments, *LOCAL]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _files(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in [out / "grades.csv", *(out / "results").iterdir()]}
