"""A bundle of Otter's on many machines: the same bytes as on this one."""

from functools import partial
from pathlib import Path
from typing import Any

from distributed import LocalCluster
from otter_bundles import doctests, handed_in, written, zipped

from capas.grading.maker import BundleGraders
from capas.grading.otter_zip.bundle import read_bundle
from capas.run.cluster import Cluster
from capas.run.pool import GradingRun, grade_all
from capas.submission import list_submissions

TESTS = {"q1": doctests("q1", ">>> x == 5\nTrue", {"code": ">>> lines\n['a', 'b']", "hidden": True})}
STUDENTS = {
    "ana": ["x = 5\nlines = open('data.txt').read().split()"],
    "ben": ["x = 4"],
    "eva": ["import os\nos._exit(1)", "x = 5"],
}


def files(out: Path) -> dict[str, bytes]:
    paths = [out / "grades.csv", out / "journal.jsonl", *(out / "results").iterdir()]
    return {str(path.relative_to(out)): path.read_bytes() for path in paths}


def test_same_bytes_as_here(tmp_path: Path) -> None:
    bundle = read_bundle(written(tmp_path / "hw-autograder.zip", zipped(TESTS, data__txt="a b")))
    graders = BundleGraders(bundle, "en")
    found = list_submissions([handed_in(tmp_path / "in", STUDENTS)])
    grade_all(GradingRun(graders, tmp_path / "here", 1), found)
    start: Any = LocalCluster  # its annotations say that it may be a coroutine
    with (
        start(n_workers=2, threads_per_worker=1, dashboard_address=None) as machines,
        Cluster(machines.scheduler_address) as connection,
    ):
        run = GradingRun(graders, tmp_path / "there", 1)
        results = grade_all(run, found, grade=partial(connection.grade, graders, 0))
        assert {result.submission: result.score for result in results} == {"ana": 1.0, "ben": 0.0, "eva": 0.5}
    assert files(tmp_path / "there") == files(tmp_path / "here")
