"""Many machines: a real scheduler and real workers, as processes of this one."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import msgspec
import pytest
from distributed import Client

import capas
from capas.course.model import Stage, load_course
from capas.course.solutions import Solutions
from capas.files import UserError
from capas.grading import key
from capas.grading.maker import StageGraders
from capas.grading.result import Result
from capas.run import cluster
from capas.run.cluster import Cluster
from capas.run.pool import GradingRun, grade_all
from capas.run.results_folder import read_results_folder
from capas.submission import Contents, DiskFile, SubmissionFile, list_submissions

START_SECONDS = 60.0


class Machines:
    """A scheduler, and workers that come and go."""

    def __init__(self, folder: Path, *tls: str, allowed_failures: int = 3):
        self._folder, self._tls = folder, tls
        self.processes: list[subprocess.Popen[bytes]] = []
        self._place = folder / "scheduler.json"
        environment = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": str(allowed_failures)}
        protocol = ["--protocol", "tls"] if tls else []
        where = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(self._place)]
        self._start("scheduler", *where, *protocol, **environment)
        patience = time.monotonic() + START_SECONDS
        while not self._place.is_file() and time.monotonic() < patience:
            time.sleep(0.1)
        self.address: str = json.loads(self._place.read_text())["address"]

    def add_worker(self, *options: str) -> subprocess.Popen[bytes]:
        local = self._folder / f"worker{len(self.processes)}"
        where = ["--host", "127.0.0.1", "--nthreads", "1", "--no-dashboard", "--local-directory", str(local)]
        return self._start("worker", self.address, *where, *options)

    def wait_for(self, workers: int) -> None:
        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(workers, START_SECONDS)

    def end(self) -> None:
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _start(self, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", *arguments, *self._tls]
        log = (self._folder / f"log{len(self.processes)}").open("wb")
        process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=log, stderr=log)
        self.processes.append(process)
        return process


@contextmanager
def running(folder: Path, *tls: str, allowed_failures: int = 3) -> Iterator[Machines]:
    machines = Machines(folder, *tls, allowed_failures=allowed_failures)
    try:
        yield machines
    finally:
        machines.end()


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    with running(tmp_path_factory.mktemp("machines")) as one:
        one.add_worker("--no-nanny")
        yield one


@pytest.fixture
def connected(machines: Machines) -> Iterator[Cluster]:
    with Cluster(machines.address) as connection:
        yield connection


def small_class(stage: Stage, folder: Path, size: int) -> list[SubmissionFile]:
    """A class of mistakes, each different, with an empty file, two copies, and a zip of some more."""
    solutions = Solutions(stage)
    folder.mkdir()
    sources = [solutions.variant_source(mistake) for mistake in solutions.mistakes[:size]]
    for number, source in enumerate(sources):
        (folder / f"student_{number:02d}.py").write_text(source, encoding="utf-8")
    (folder / "copy.py").write_text(sources[0], encoding="utf-8")
    (folder / "empty.ipynb").write_bytes(b"")
    with zipfile.ZipFile(folder.with_suffix(".zip"), "w") as archive:
        archive.writestr("zipped_1.py", solutions.reference_source)
        archive.writestr("zipped_2.py", sources[0])
    return list_submissions([folder, folder.with_suffix(".zip")])


def files(out: Path) -> dict[str, bytes]:
    paths = [out / "grades.csv", out / "journal.jsonl", *(out / "results").iterdir()]
    return {str(path.relative_to(out)): path.read_bytes() for path in paths}


def grade_on(
    connection: Cluster,
    stage: Stage,
    found: list[SubmissionFile],
    out: Path,
    level: int = 0,
    on_result: Callable[[Result], None] = lambda result: None,
) -> list[str]:
    """Grade on the cluster; return whose results came, in the order they came."""
    came: list[str] = []

    def note(result: Result) -> None:
        came.append(result.submission)
        on_result(result)

    grade_all(
        GradingRun(StageGraders(stage, "es"), out, 1),
        found,
        on_result=note,
        grade=partial(connection.grade, StageGraders(stage, "es"), level),
    )
    return came


def test_same_bytes_as_here(machines: Machines, softmax: Stage, tmp_path: Path) -> None:
    found = small_class(softmax, tmp_path / "class", 3)
    grade_all(GradingRun(StageGraders(softmax, "es"), tmp_path / "here", 2), found)
    with Cluster(machines.address) as connection:
        came = grade_on(connection, softmax, found, tmp_path / "there")
        assert connection.most_workers == 1
    assert sorted(came) == sorted(one.id for one in found)
    assert files(tmp_path / "there") == files(tmp_path / "here")


def test_files_that_workers_do_not_see_travel_as_bytes(
    connected: Cluster, softmax: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = small_class(softmax, tmp_path / "class", 6)
    sent: list[bool] = []

    def elsewhere(
        one: SubmissionFile, by_path: bool, work: Callable[[SubmissionFile, bool], cluster.Work] = cluster._work
    ) -> object:
        made = work(one, by_path)
        sent.append(isinstance(made.source, Contents))
        return made if sent[-1] else msgspec.structs.replace(made, source=DiskFile("/nowhere/a.py"))

    monkeypatch.setattr(cluster, "_work", elsewhere)
    came = grade_on(connected, softmax, found, tmp_path / "out")
    assert sorted(came) == sorted(one.id for one in found)
    assert any(sent)
    assert not all(sent)


def test_what_workers_refuse_is_told_in_one_line(
    connected: Cluster, small_course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (stage,) = load_course(small_course).stages
    found = [SubmissionFile("a", "a.py", Contents(b"x = 1"))]
    with pytest.raises(UserError, match=r"isolation level \d, below 9; see capas doctor there, or give --require"):
        grade_on(connected, stage, found, tmp_path / "out", level=9)
    test_file = stage.test_file("softmax")
    test_file.write_text("def", encoding="utf-8")
    with pytest.raises(UserError) as broken:
        grade_on(connected, stage, found, tmp_path / "out")
    # As it is told in grading here: the file is the teacher's, not the worker's copy.
    with pytest.raises(UserError) as broken_here:
        grade_all(GradingRun(StageGraders(stage, "es"), tmp_path / "out", 1), found)
    assert str(test_file) in str(broken.value)
    assert str(broken.value) == str(broken_here.value)
    monkeypatch.setattr(key, "library_versions", lambda libraries: {"ghost": "1.0"})
    with pytest.raises(UserError, match=r"a worker has no ghost, here it is 1\.0; install"):
        grade_on(connected, stage, found, tmp_path / "libraries")
    monkeypatch.undo()
    monkeypatch.setattr(capas, "__version__", "9.9")
    with pytest.raises(UserError, match=r"a worker has capas \S+, here it is 9\.9; install the same everywhere"):
        grade_on(connected, stage, found, tmp_path / "other")


def test_no_cluster_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UserError, match=r"ca\.pem does not exist; --cluster-tls-ca"):
        Cluster("tls://127.0.0.1:1", tls_ca=tmp_path / "ca.pem")
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 1)
    for address in ("tcp://127.0.0.1:1", "nonsense://x"):
        with pytest.raises(UserError, match=rf"no Dask scheduler can be reached at {address}: .*; is it running"):
            Cluster(address)
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UserError, match=r"pip install 'capas\[cluster\]'$"):
        Cluster("tcp://127.0.0.1:1")


@pytest.mark.slow
def test_a_worker_killed_in_the_middle_costs_nothing(softmax: Stage, tmp_path: Path) -> None:
    found = small_class(softmax, tmp_path / "class", 20)
    grade_all(GradingRun(StageGraders(softmax, "es"), tmp_path / "here", 2), found)
    with running(tmp_path) as machines:
        first = machines.add_worker("--no-nanny")
        machines.add_worker("--no-nanny")
        machines.wait_for(2)
        count = 0

        def kill_one(_result: Result) -> None:
            nonlocal count
            count += 1
            if count == 6:
                os.kill(first.pid, signal.SIGKILL)

        with Cluster(machines.address) as connection:
            came = grade_on(connection, softmax, found, tmp_path / "there", on_result=kill_one)
            assert connection.most_workers == 2
        assert first.wait(10) == -signal.SIGKILL
    assert sorted(came) == sorted(one.id for one in found)
    assert files(tmp_path / "there") == files(tmp_path / "here")


def killing(file: str) -> Callable[[dict[str, str], bytes, bytes], bytes]:
    """Return what grades, but kills the worker that has ``file`` among its own. It goes to the worker by value."""
    name, grade = file.encode(), cluster.grade_there

    def grade_there(versions: dict[str, str], bundle: bytes, works: bytes) -> bytes:
        return __import__("os")._exit(1) if name in works else grade(versions, bundle, works)

    return grade_there


@pytest.mark.slow
def test_what_kills_its_workers_has_a_result_that_says_so(
    softmax: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [SubmissionFile(name, f"{name}.py", Contents(b"x = %d" % ord(name))) for name in "abc"]
    with running(tmp_path, allowed_failures=0) as machines:
        machines.add_worker()  # with what starts it again
        machines.wait_for(1)
        monkeypatch.setattr(cluster, "grade_there", killing("b.py"))
        with Cluster(machines.address) as connection:
            grade_on(connection, softmax, found, tmp_path / "out")
            results = sorted(read_results_folder(tmp_path / "out").results, key=lambda result: result.submission)
            assert [result.status for result in results] == ["graded", "killed", "graded"]
            monkeypatch.setattr(cluster, "give_up_there", killing("b.py"))
            with pytest.raises(UserError, match=r"workers died 3 times, .* \(b\.py is next\); see their logs"):
                grade_on(connection, softmax, found[1:2], tmp_path / "out")


@pytest.mark.slow
def test_lost_workers_and_a_lost_scheduler_are_told(
    softmax: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = small_class(softmax, tmp_path / "class", 30)
    with running(tmp_path) as machines:
        monkeypatch.setattr(cluster, "NO_WORKER_SECONDS", 3.0)
        with Cluster(machines.address) as connection:
            with pytest.raises(UserError, match="has had no worker for 3 s; start some"):
                grade_on(connection, softmax, found, tmp_path / "out")
            monkeypatch.setattr(cluster, "NO_WORKER_SECONDS", 60.0)
            machines.add_worker("--no-nanny", "--death-timeout", "1")
            scheduler = machines.processes[0]
            with pytest.raises(UserError, match="is gone; start it, and run the same command to go on"):
                grade_on(connection, softmax, found, tmp_path / "out", on_result=lambda _: scheduler.kill())
    assert (tmp_path / "out" / "journal.jsonl").read_bytes().count(b"\n") >= 1


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("openssl") is None, reason="certificates are made with openssl")
def test_with_certificates(softmax: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=capas"]
    subprocess.run([*make, "-out", certificate, "-keyout", key], check=True, capture_output=True)
    tls = ("--tls-ca-file", str(certificate), "--tls-cert", str(certificate), "--tls-key", str(key))
    with running(tmp_path, *tls) as machines:
        assert machines.address.startswith("tls://")
        machines.add_worker("--no-nanny")
        with Cluster(machines.address, certificate, certificate, key) as connection:
            came = grade_on(
                connection, softmax, [SubmissionFile("a", "a.py", Contents(b"x = 1"))], tmp_path / "out", level=4
            )
        assert came == ["a"]
        monkeypatch.setattr(cluster, "CONNECT_SECONDS", 2)
        with pytest.raises(UserError, match="no Dask scheduler can be reached"):
            Cluster(machines.address)
