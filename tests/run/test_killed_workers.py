"""A worker that something kills is replaced; only what it is killed for again and again goes without a grade."""

import os
import signal
from collections import Counter
from pathlib import Path

import pytest
from typer.testing import CliRunner

from capas.cli.main import app
from capas.course.model import Stage
from capas.files import UserError
from capas.grading.grader import Grader
from capas.grading.maker import StageGraders
from capas.grading.result import Result
from capas.run.local import MAX_TRIES
from capas.run.pool import GradingRun, grade_all
from capas.run.results_folder import read_results_folder
from capas.submission import Contents, Submission, SubmissionFile

ROOT = Path(__file__).parents[2]
SOURCE = (ROOT / "solutions/03_softmax/reference.py").read_bytes()
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="workers take what is patched here by a fork")


@pytest.fixture
def killing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A file with the ids of submissions whose worker is killed each time, noted as often in the file beside it."""
    grade = Grader.grade

    def killed(self: Grader, submission: Submission) -> Result:
        if submission.id in (tmp_path / "killed").read_text().split():
            with open(tmp_path / "times", "a") as file:
                file.write(f"{submission.id}\n")
            os.kill(os.getpid(), signal.SIGKILL)
        return grade(self, submission)

    monkeypatch.setattr(Grader, "grade", killed)
    (tmp_path / "killed").write_text("")
    return tmp_path / "killed"


def command(folder: Path, out: Path) -> list[str]:
    return ["grade", "03_softmax", str(folder), "--out", str(out), "--workers", "2", "--course", str(ROOT)]


@needs_fork
def test_a_submission_that_is_killed_again_and_again_has_a_result_that_says_so(tmp_path: Path, killing: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(5):
        (tmp_path / f"in/s{number}.py").write_bytes(SOURCE + b"\nx = %d\n" % number)
    killing.write_text("s1")
    ran = CliRunner().invoke(app, command(tmp_path / "in", tmp_path / "out"))
    assert ran.exit_code == 1, ran.output
    results = {result.submission: result for result in read_results_folder(tmp_path / "out").results}
    assert {id_: (one.status, one.score) for id_, one in results.items()} == {
        f"s{number}": ("killed", 0.0) if number == 1 else ("graded", 20.0) for number in range(5)
    }
    assert "terminado desde fuera" in results["s1"].message
    assert "was killed: s1.py;" in ran.stderr
    assert "MB of memory are free" in ran.stderr
    # Each alone so often; and once, or not at all, together with the others.
    times = Counter((tmp_path / "times").read_text().split())
    assert MAX_TRIES <= times["s1"] <= MAX_TRIES + 1

    # It was no result of theirs: nobody has to ask for it again.
    killing.write_text("")
    ran = CliRunner().invoke(app, command(tmp_path / "in", tmp_path / "out"))
    assert ran.exit_code == 0, ran.output
    assert {(one.status, one.score) for one in read_results_folder(tmp_path / "out").results} == {("graded", 20.0)}


@needs_fork
def test_where_workers_are_killed_whatever_they_do_the_run_ends(
    softmax: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Grader, "grade", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    monkeypatch.setattr(Grader, "not_graded", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    with pytest.raises(UserError, match=r"killed, also when they have nothing to do \(a\.py is next\)"):
        grade_all(
            GradingRun(StageGraders(softmax, "es"), tmp_path / "out", 1),
            [SubmissionFile("a", "a.py", Contents(SOURCE))],
        )
