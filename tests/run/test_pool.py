"""Many submissions at once: copies, interruptions, and errors of the stage itself."""

import itertools
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from capas.cli.terminal import progress
from capas.course.model import Stage, load_course
from capas.files import UserError
from capas.grading.maker import StageGraders
from capas.grading.result import Result, encode_result
from capas.grading.stage import stage_grader
from capas.run import local as batch
from capas.run.journal import decode_line
from capas.run.pool import GradingRun, grade_all
from capas.sandbox import Zygote
from capas.submission import Contents, SubmissionFile, list_submissions, read_submission

ROOT = Path(__file__).parents[2]
SOURCE = (ROOT / "solutions/03_softmax/reference.py").read_bytes()


class Counting:
    """Grades in this process, one after the other, and notes whom."""

    def __init__(self, stage: Stage, zygote: Zygote, at_once: int = 1):
        self._grader, self._at_once = stage_grader(stage, zygote, "es"), at_once
        self.graded: list[str] = []

    def __call__(self, waiting: Iterator[SubmissionFile]) -> Generator[list[Result], None, None]:
        while some := list(itertools.islice(waiting, self._at_once)):
            self.graded += [one.id for one in some]
            yield [self._grader.grade(read_submission(one)) for one in some]


@pytest.mark.parametrize("at_once", [1, 3])
def test_copies_are_graded_once(softmax: Stage, zygote: Zygote, tmp_path: Path, at_once: int) -> None:
    wrong = SOURCE.replace(b"axis=-1", b"axis=0")
    sources = {"a.py": SOURCE, "b.py": wrong, "c.py": SOURCE, "d.py": b"", "e.py": b"", "f.py": SOURCE, "g.py": wrong}
    sources["h.ipynb"] = SOURCE  # the same bytes under the name of another kind
    found = [SubmissionFile(Path(name).stem, name, Contents(data)) for name, data in sources.items()]
    counting = Counting(softmax, zygote, at_once)
    came: list[Result] = []
    results = grade_all(
        GradingRun(StageGraders(softmax, "es"), tmp_path / "out", 1), found, on_result=came.append, grade=counting
    )
    assert counting.graded == ["a", "b", "d", "h"]
    assert [result.submission for result in results] == sorted(result.submission for result in came) == [*"abcdefgh"]
    grader = stage_grader(softmax, zygote, "es")
    for one, result in zip(found, results, strict=True):
        assert encode_result(result) == encode_result(grader.grade(read_submission(one)))
        assert (tmp_path / "out/results" / f"{one.id}.json").read_bytes() == encode_result(result)


def test_a_copy_of_what_changed_meanwhile_is_graded_itself(softmax: Stage, zygote: Zygote, tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.py").write_bytes(SOURCE)
    counting = Counting(softmax, zygote, 2)

    def changing(waiting: Iterator[SubmissionFile]) -> Generator[list[Result], None, None]:
        def change() -> Iterator[SubmissionFile]:
            for one in waiting:
                if one.id == "a":
                    (tmp_path / "a.py").write_bytes(b"x = 1")
                yield one

        yield from counting(change())

    found = list_submissions([tmp_path / "a.py", tmp_path / "b.py"])
    results = grade_all(GradingRun(StageGraders(softmax, "es"), tmp_path / "out", 1), found, grade=changing)
    assert [(result.submission, result.score) for result in results] == [("a", 0.0), ("b", 20.0)]


def test_a_file_renamed_to_another_kind_is_graded_again(softmax: Stage, zygote: Zygote, tmp_path: Path) -> None:
    for name in ("a.py", "a.ipynb"):
        counting = Counting(softmax, zygote)
        found = [SubmissionFile("a", name, Contents(SOURCE))]
        (result,) = grade_all(GradingRun(StageGraders(softmax, "es"), tmp_path / "out", 1), found, grade=counting)
        assert (result.file, counting.graded) == (name, ["a"])


def test_a_broken_stage_is_told_and_nothing_is_left_running(small_course: Path, tmp_path: Path) -> None:
    (stage,) = load_course(small_course).stages
    stage.test_file("softmax").write_text("def", encoding="utf-8")
    with pytest.raises(UserError, match=r"softmax\.py, line 1: not valid Python"):
        grade_all(
            GradingRun(StageGraders(stage, "es"), tmp_path / "out", 1), [SubmissionFile("a", "a.py", Contents(SOURCE))]
        )


def test_a_pool_that_breaks_while_work_is_handed_over_loses_none(
    softmax: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit = ProcessPoolExecutor.submit
    calls = 0

    def breaking(self: ProcessPoolExecutor, *arguments: Any) -> Future[Any]:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise BrokenProcessPool
        return submit(self, *arguments)

    monkeypatch.setattr(batch.ProcessPoolExecutor, "submit", breaking)
    found = [SubmissionFile(str(number), f"{number}.py", Contents(b"x = %d" % number)) for number in range(4)]
    results = grade_all(GradingRun(StageGraders(softmax, "es"), tmp_path / "out", 1), found)
    assert [result.submission for result in results] == ["0", "1", "2", "3"]


def relatives(pid: int) -> set[int]:
    """The processes that a process started, and those that these did, and so on."""
    found: set[int] = set()
    for child in Path(f"/proc/{pid}/task").glob("*/children"):
        for one in map(int, child.read_text().split()):
            found |= {one} | relatives(one)
    return found


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks into /proc")
def test_ctrl_c_stops_cleanly_and_the_next_run_goes_on(softmax: Stage, tmp_path: Path) -> None:
    folder, out = tmp_path / "class", tmp_path / "out"
    folder.mkdir()
    hanging = b"import time\ntime.sleep(8)\n"
    for number in range(12):
        # The last ones take long enough to be interrupted.
        (folder / f"s{number:02d}.py").write_bytes((hanging if number > 5 else b"") + b"x = %d" % number)
    command = [sys.executable, "-m", "capas.cli", "grade", "03_softmax", str(folder), "--out", str(out)]
    process = subprocess.Popen(
        [*command, "--workers", "2"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        # Where the tests themselves run in the background, Ctrl-C is ignored, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    journal, results = out / "journal.jsonl", out / "results"
    patience = time.monotonic() + 60
    # A result's file comes after its line in the journal; interrupted between the two, the next run writes it.
    while not (results.is_dir() and len(list(results.glob("*.json"))) >= 6) and time.monotonic() < patience:
        time.sleep(0.05)
    started = relatives(process.pid)
    assert len(started) >= 4
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 1
    assert errors.decode() == "capas: stopped; what was written stays, run the same command to go on\n"
    patience = time.monotonic() + 10
    while any(is_running(pid) for pid in started) and time.monotonic() < patience:
        time.sleep(0.05)
    assert not any(is_running(pid) for pid in started)

    lines = [decode_line(data) for data in journal.read_bytes().splitlines(keepends=True)]
    done = [line.result for line in lines if line is not None]
    assert len(done) == len(lines)
    # What was being graded was not waited for.
    assert sorted(result.submission for result in done) == [f"s{number:02d}" for number in range(6)]
    assert {path.stem for path in (out / "results").iterdir()} == {result.submission for result in done}
    for path in folder.iterdir():
        path.write_bytes(path.read_bytes().replace(hanging, b""))
    before = {path: path.stat().st_ino for path in (out / "results").iterdir()}
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    results = sorted(results.iterdir())
    assert [json.loads(path.read_bytes())["submission"] for path in results] == [f"s{n:02d}" for n in range(12)]
    assert {path: path.stat().st_ino for path in before} == before


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_progress_has_counts_rate_and_time_left(softmax: Stage, zygote: Zygote) -> None:
    result = stage_grader(softmax, zygote, "es").grade(read_submission(SubmissionFile("a", "a.py", Contents(b""))))
    console = Console(force_terminal=True, width=100, record=True)
    with console.capture() as captured, progress(console, 4) as advance:
        for _ in range(3):
            advance(result)
            time.sleep(0.3)
    text = captured.get()
    assert "3/4" in text
    assert "3 unreadable" in text
    assert "/s" in text
    assert "0:00:0" in text
