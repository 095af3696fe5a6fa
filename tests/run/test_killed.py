"""A run that is killed goes on where it was and ends with the same bytes."""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from capas.run.results_folder import ResultsFolder, Run

ROOT = Path(__file__).parents[2]


RUN = Run("03_softmax", "es")


def command(submissions: Path, out: Path) -> list[str]:
    grade = ["grade", "03_softmax", str(submissions), "--out", str(out), "--workers", "2"]
    return [sys.executable, "-m", "capas.cli", *grade]


def contents(out: Path) -> dict[str, bytes]:
    names = [
        "grades.csv",
        "journal.jsonl",
        "run.json",
        *(f"results/{path.name}" for path in (out / "results").iterdir()),
    ]
    return {name: (out / name).read_bytes() for name in names}


@pytest.fixture(scope="module")
def submissions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("class")
    source = (ROOT / "solutions/03_softmax/reference.py").read_text(encoding="utf-8")
    for number in range(24):
        (folder / f"student_{number:02d}.py").write_text(f"{source}\nx = {number}\n", encoding="utf-8")
    return folder


def killed_and_resumed(submissions: Path, tmp_path: Path, times: int) -> None:
    undisturbed = tmp_path / "undisturbed"
    begin = time.monotonic()
    subprocess.run(command(submissions, undisturbed), cwd=ROOT, check=True, capture_output=True)
    whole = time.monotonic() - begin
    chooser = random.Random(5)
    for attempt in range(times):
        out = tmp_path / f"out{attempt}"
        for _ in range(3):
            process = subprocess.Popen(
                command(submissions, out), cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True
            )
            time.sleep(chooser.uniform(0.0, whole))
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        subprocess.run(command(submissions, out), cwd=ROOT, check=True, capture_output=True)
        assert contents(out) == contents(undisturbed)


@pytest.mark.slow
def test_killed_at_forty_moments_it_ends_with_the_same_bytes(submissions: Path, tmp_path: Path) -> None:
    killed_and_resumed(submissions, tmp_path, 14)


def processes_of(temporary: Path) -> set[int]:
    """The processes of a run: the command, its workers, and the fork servers of these."""
    found = set()
    for path in Path("/proc").iterdir():
        try:
            if (
                path.name.isdigit()
                and str(temporary).encode() in (path / "environ").read_bytes() + (path / "cmdline").read_bytes()
            ):
                found.add(int(path.name))
        except OSError:
            continue
    return found


@pytest.fixture
def temporary() -> Iterator[Path]:
    """A folder for the temporary files of one run, by whose name its processes are known."""
    folder = Path(tempfile.mkdtemp(prefix="run-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


def begun(submissions: Path, out: Path, temporary: Path) -> "subprocess.Popen[bytes]":
    """Start a run and wait for its first results."""
    environment = {**os.environ, "TMPDIR": str(temporary)}
    process = subprocess.Popen(command(submissions, out), cwd=ROOT, stdout=subprocess.DEVNULL, env=environment)
    patience = time.monotonic() + 60
    while not list(out.glob("results/*.json")) and time.monotonic() < patience:
        time.sleep(0.01)
    return process


on_linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@pytest.mark.slow
@on_linux
def test_a_command_that_is_killed_leaves_nothing_running_and_can_be_started_again(
    submissions: Path, tmp_path: Path, temporary: Path
) -> None:
    undisturbed, out = tmp_path / "undisturbed", tmp_path / "out"
    subprocess.run(command(submissions, undisturbed), cwd=ROOT, check=True, capture_output=True)
    process = begun(submissions, out, temporary)
    process.kill()
    process.wait()
    patience = time.monotonic() + 20
    while (left := processes_of(temporary)) and time.monotonic() < patience:
        time.sleep(0.05)
    assert not left
    assert not list(temporary.iterdir())
    subprocess.run(command(submissions, out), cwd=ROOT, check=True, capture_output=True)
    assert contents(out) == contents(undisturbed)


@on_linux
def test_a_worker_that_is_killed_costs_nothing(submissions: Path, tmp_path: Path, temporary: Path) -> None:
    undisturbed, out = tmp_path / "undisturbed", tmp_path / "out"
    subprocess.run(command(submissions, undisturbed), cwd=ROOT, check=True, capture_output=True)
    process = begun(submissions, out, temporary)
    workers = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    for worker in workers[:1]:
        os.kill(int(worker), signal.SIGKILL)
    assert process.wait(120) == 0
    assert contents(out) == contents(undisturbed)


def test_a_second_command_on_the_same_folder_is_told_in_one_line(submissions: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with ResultsFolder(out, RUN):
        done = subprocess.run(command(submissions, out), cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("capas: another capas is writing to ")
    assert done.stderr.count("\n") == 1
