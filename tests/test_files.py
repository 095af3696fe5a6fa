"""Files are whole at every moment, however many write them, and a folder has one writer."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from capas.files import UserError, hold, remove_leftovers, write_atomically

SIZES = {b"a": 200_000, b"b": 100_000}


def write_often(path: Path, letter: bytes) -> None:
    for _ in range(100):
        write_atomically(path, [letter * 1000] * (SIZES[letter] // 1000), sync=False)


def test_two_writers_leave_whole_files(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    writers = [multiprocessing.Process(target=write_often, args=(path, letter)) for letter in SIZES]
    for writer in writers:
        writer.start()
    read = []
    while any(writer.is_alive() for writer in writers):
        if path.exists():
            read.append(path.read_bytes())
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert read
    assert all(data == data[:1] * SIZES[data[:1]] for data in read)
    assert [file.name for file in tmp_path.iterdir()] == ["report.html"]


def test_what_cannot_be_written_whole_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "grades.csv"
    write_atomically(path, b"old")

    def failing() -> Iterator[bytes]:
        yield b"new"
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space left"):
        write_atomically(path, failing())
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["grades.csv"]


def test_the_longest_name_a_file_may_have_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("ñ" * 125 + ".json")
    write_atomically(path, b"{}")
    assert path.read_bytes() == b"{}"


def test_leftovers_of_killed_writers_go_and_those_of_living_ones_stay(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    abandoned, living, other = (
        tmp_path / name for name in (".journal.jsonl.1.new", ".journal.jsonl.2.new", ".x.3.new")
    )
    for file in (abandoned, living, other):
        file.write_bytes(b"half")
    for file in (abandoned, other):
        os.utime(file, (0, 0))
    write_atomically(path, b"whole")
    assert (abandoned.exists(), living.exists(), other.exists()) == (False, True, True)
    remove_leftovers(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["journal.jsonl"]


def test_a_folder_has_one_writer(tmp_path: Path) -> None:
    with hold(tmp_path / "out"):
        with pytest.raises(UserError, match="another capas is writing to"), hold(tmp_path / "out"):
            pass
        with hold(tmp_path / "another"):
            pass
    with hold(tmp_path / "out"):
        pass


HOLDER = """
import sys, time
from pathlib import Path
from capas.files import hold
from capas.run.workers import process_context

with hold(Path(sys.argv[1])):
    worker = process_context().Process(target=time.sleep, args=(60,))
    worker.start()
    print(worker.pid, flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="workers are not forked here")
def test_a_worker_that_outlives_the_killed_writer_does_not_keep_the_folder(tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    worker = int(process.stdout.readline())
    try:
        with pytest.raises(UserError, match="another capas is writing to"), hold(tmp_path):
            pass
        process.kill()
        process.wait()
        os.kill(worker, 0)  # it lives
        patience = time.monotonic() + 20
        while True:
            try:
                with hold(tmp_path):
                    break
            except UserError:
                assert time.monotonic() < patience
                time.sleep(0.05)
        os.kill(worker, 0)
    finally:
        os.kill(worker, signal.SIGKILL)


def test_a_file_where_a_folder_should_be_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UserError, match="cannot write to"), hold(tmp_path / "file"):
        pass
