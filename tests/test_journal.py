"""Nothing is lost: a run that is killed, or has no room to write, goes on where it was and ends with the same bytes."""

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

from capas.files import UserError
from capas.journal import Journal, Run
from capas.results import Isolation, Result

ROOT = Path(__file__).parents[1]
RUN = Run("03_softmax", "digest", "es", "0.1.0")


def result(name: str, score: float = 1.0) -> Result:
    return Result(name, f"{name}.py", "00", "03_softmax", "graded", score, 20.0, [], Isolation(0, ["process"]), "0.1.0")


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


def fill(journal: Journal, kept: list[int]) -> None:
    while True:
        journal.add([result(f"student_{len(kept):05d}")])
        kept.append(len(kept))


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


def test_killed_at_any_moment_it_ends_with_the_same_bytes(submissions: Path, tmp_path: Path) -> None:
    killed_and_resumed(submissions, tmp_path, 1)


@pytest.mark.slow
def test_killed_at_a_hundred_moments_it_ends_with_the_same_bytes(submissions: Path, tmp_path: Path) -> None:
    killed_and_resumed(submissions, tmp_path, 34)


def test_a_line_cut_off_in_the_middle_is_graded_again(tmp_path: Path) -> None:
    with Journal(tmp_path, RUN, fresh=False) as journal:
        journal.add([result("ana"), result("berta")])
    lines = (tmp_path / "journal.jsonl").read_bytes()
    (tmp_path / "journal.jsonl").write_bytes(lines[:-20])
    with Journal(tmp_path, RUN, fresh=False) as journal:
        assert set(journal.kept) == {"ana"}
    assert [path.name for path in (tmp_path / "results").iterdir()] == ["ana.json"]


def test_a_file_that_was_not_written_yet_is_written_from_the_journal(tmp_path: Path) -> None:
    with Journal(tmp_path, RUN, fresh=False) as journal:
        journal.add([result("ana")])
    written = (tmp_path / "results/ana.json").read_bytes()
    (tmp_path / "results/ana.json").unlink()
    with Journal(tmp_path, RUN, fresh=False):
        assert (tmp_path / "results/ana.json").read_bytes() == written


def test_results_of_other_tests_are_not_taken_up(tmp_path: Path) -> None:
    with Journal(tmp_path, RUN, fresh=False) as journal:
        journal.add([result("ana")])
    with Journal(tmp_path, Run("03_softmax", "another digest", "es", "0.1.0"), fresh=False) as journal:
        assert journal.kept == {}
        assert list((tmp_path / "results").iterdir()) == []


def test_the_last_of_two_results_counts(tmp_path: Path) -> None:
    with Journal(tmp_path, RUN, fresh=False) as journal:
        journal.add([result("ana", 1.0)])
        journal.add([result("ana", 2.0)])
    with Journal(tmp_path, RUN, fresh=False) as journal:
        assert [one.score for one in journal.results] == [2.0]


def test_results_are_read_from_the_folder_in_order_also_when_it_is_held_no_more(tmp_path: Path) -> None:
    with Journal(tmp_path, RUN, fresh=False) as journal:
        journal.add([result("carla", 3.0), result("ana", 1.0)])
        assert journal.results.of("carla").score == 3.0
        journal.add([result("berta", 2.0), result("zoe", 9.0)])
        journal.finish({"ana", "berta", "carla"}, [])
    results = journal.results
    assert [one.submission for one in results] == ["ana", "berta", "carla"]
    assert (len(results), results[0].score, results[-1].score) == (3, 1.0, 3.0)
    assert [one.submission for one in results[1:]] == ["berta", "carla"]
    assert (tmp_path / "grades.csv").read_text().splitlines()[1].startswith("ana,ana.py,graded,1")
    assert not (tmp_path / "results/zoe.json").exists()


def test_two_runs_at_once_on_one_folder(tmp_path: Path) -> None:
    with Journal(tmp_path, RUN, fresh=False), pytest.raises(UserError, match="another capas is writing to"):
        Journal(tmp_path, RUN, fresh=False)
    with Journal(tmp_path, RUN, fresh=False):
        pass


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="mounting a small disk takes root")
def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)], check=False).returncode:
        pytest.skip("this machine mounts nothing")
    kept = []
    try:
        with Journal(disk, RUN, fresh=False) as journal, pytest.raises(UserError, match="what is there stays"):
            fill(journal, kept)
        subprocess.run(["mount", "-o", "remount,size=4m", str(disk)], check=True)
        with Journal(disk, RUN, fresh=False) as journal:
            assert len(journal.kept) >= len(kept) > 10
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_folder_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UserError, match="cannot write to"):
        Journal(tmp_path / "file", RUN, fresh=False)


# Root may write everywhere: another user tries.
@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="becoming another user takes root")
def test_a_folder_of_somebody_else_is_told_in_one_line(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with Journal(out, RUN, fresh=False) as journal:
        journal.add([result("ana")])
    for part in (out, *out.parents):
        if not part.stat().st_mode & 0o005 and tmp_path.parents[2] in (part, *part.parents):
            part.chmod(0o755)
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.setresuid(47_113, 47_113, 47_113)
            Journal(out, RUN, fresh=False)
        except UserError as error:
            os.write(writing, str(error).encode())
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(pid, 0)
    with open(reading, "rb") as told:
        assert told.read().startswith(b"cannot write to " + str(out).encode())
    with Journal(out, RUN, fresh=False) as journal:
        assert set(journal.kept) == {"ana"}


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
    with Journal(out, RUN, fresh=False):
        done = subprocess.run(command(submissions, out), cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("capas: another capas is writing to ")
    assert done.stderr.count("\n") == 1
