"""What the commands print, and to what: outputs that cannot show everything, that are full, or that nobody reads."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from capas.bundle.build import Bundle
from capas.texts.output import readable

ROOT = Path(__file__).parents[2]
CAPAS = [sys.executable, "-m", "capas.cli"]
CHECK = [*CAPAS, "check", "03_softmax", "solutions/03_softmax/reference.py"]
FULL_DISK = 'T=$(mktemp -d); mount -t tmpfs -o size=64k,nr_inodes=3 x $T && touch $T/full; export TMPDIR=$T; exec "$@"'


def run(command: list[str], folder: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, cwd=folder, capture_output=True, timeout=120, env=os.environ | environment)


def told_in_one_line(done: subprocess.CompletedProcess[bytes], words: str) -> None:
    told = done.stderr.decode()
    assert (done.returncode, told.count("\n")) == (2, 1), told
    assert told.startswith("capas: ")
    assert words in told


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
@pytest.mark.parametrize("command", [[*CAPAS, "doctor"], CHECK], ids=["doctor", "check"])
def test_any_encoding_shows_what_it_can(command: list[str], encoding: str) -> None:
    done = run(command, PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    assert ("  ✔ " if encoding == "utf-8" else "  + ") in done.stdout.decode(encoding)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_the_students_check_runs_in_any_encoding(tmp_path: Path, built_softmax: Bundle, encoding: str) -> None:
    for name, data in built_softmax.student_files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    done = run([sys.executable, "check.py"], tmp_path, PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "  x " in done.stdout.decode(encoding)


def test_characters_and_what_stands_for_them() -> None:
    assert [readable(char) for char in "✔✘ñ—→你\udcff"] == ["+", "x", "n", "-", "->", "?", "?"]


def test_who_reads_the_output_may_go() -> None:
    # Nobody reads: the other end is closed before the program begins.
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(CHECK, cwd=ROOT, stdout=writer, stderr=subprocess.PIPE, timeout=120)
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_for_the_output() -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(CHECK, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, timeout=120)
    assert done.stderr.decode() == "capas: the disk is full; free some space, and run the same command again\n"


@pytest.mark.skipif(os.name != "posix", reason="limits of open files are Unix's")
@pytest.mark.parametrize("limit", [6, 7])
def test_few_open_files(limit: int) -> None:
    done = run(["bash", "-c", f'ulimit -n {limit}; exec "$@"', "x", *CAPAS, "doctor"])
    assert b"Traceback" not in done.stderr
    assert (done.returncode, done.stderr.count(b"\n")) in [(2, 1), (0, 0)]


def can_mount() -> bool:
    tools = shutil.which("unshare") and shutil.which("mount")
    return bool(tools) and not subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False).returncode


@pytest.mark.skipif(not can_mount(), reason="a small disk takes root and unshare")
def test_a_full_disk_for_temporary_files(tmp_path: Path) -> None:
    reference = "solutions/03_softmax/reference.py"
    grade = [*CAPAS, "grade", "03_softmax", reference, "--workers", "1", "--out", str(tmp_path / "out")]
    for command in (CHECK, grade):
        done = run(["unshare", "-m", "bash", "-c", FULL_DISK, "x", *command])
        told_in_one_line(done, "student code cannot be run here")


@pytest.mark.skipif(not can_mount(), reason="a read-only disk takes root and unshare")
def test_a_disk_that_is_read_only(tmp_path: Path) -> None:
    mount = 'mount -t tmpfs -o ro x "$0" && exec "$@"'
    out = tmp_path / "out"
    out.mkdir()
    command = [*CAPAS, "grade", "03_softmax", "solutions/03_softmax/reference.py", "--out", str(out / "graded")]
    told_in_one_line(run(["unshare", "-m", "bash", "-c", mount, str(out), *command]), "ead-only")


@pytest.mark.slow
def test_build_prints_paths_that_lead_there_from_where_one_stands(small_course: Path) -> None:
    below = small_course / "solutions"
    for arguments, folder in ([], small_course / "dist"), (["--out", "here"], below / "here"):
        done = run([*CAPAS, "build", "--lang", "es", *arguments], below)
        assert done.returncode == 0, done.stderr
        printed = done.stdout.decode().split("  ")[1]
        assert (below / printed).resolve() == (folder / "es/03_softmax").resolve()
        assert (below / printed / "autograder.zip").is_file()
