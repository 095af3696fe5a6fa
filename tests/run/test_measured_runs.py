"""Measures through whole runs: in the journal, in kept results, in copies, beside decisions, and on the leaderboard."""

import csv
from pathlib import Path

import pytest
from command import capas
from measured_course import ASSIGNMENT, MEASURES, REFERENCE, STAGE, make_measured_course

from capas.grading.result import Result, read_result

HALF = REFERENCE.replace("np.argmin(distances, axis=0)", "np.zeros(len(points), dtype=int)")
HANDED_IN = {
    "ada": "pseudonym = 'Ada'\n" + REFERENCE,
    "bob": REFERENCE.replace(" for one in (0, 1)]", " for one in (0, 1)] + [np.full(2, 99.0)]"),
    "copy": "pseudonym = 'Ada'\n" + REFERENCE,
    "half": "seudonimo = 'Medio'\n" + HALF,
    "none": "def train(points, labels):\n    raise ValueError('no')\n",
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class that is graded and reported; the folder holds the course, what was handed in, and the results."""
    folder = tmp_path_factory.mktemp("measured")
    stage = make_measured_course(folder / "course")
    (stage.assignment / "assignment.toml").write_text(ASSIGNMENT + MEASURES, encoding="utf-8")
    course = folder / "course" / "course.toml"
    course.write_text('leaderboard = "pseudonyms"\n' + course.read_text(encoding="utf-8"), encoding="utf-8")
    for name, source in HANDED_IN.items():
        path = folder / "in" / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(source, encoding="utf-8")
    grade(folder)
    assert len(list((folder / "out" / "results").glob("*.json"))) == len(HANDED_IN)
    return folder


def grade(folder: Path) -> None:
    command = ("grade", STAGE, folder / "in", "--out", folder / "out", "--course", folder / "course", "--lang", "en")
    done = capas(*command, "--workers", "1")
    assert done.returncode in (0, 1), done.stderr


def result_of(folder: Path, name: str) -> Result:
    return read_result(folder / "out" / "results" / f"{name}.json")


def board(folder: Path) -> list[list[str]]:
    done = capas("report", folder / "out", "--course", folder / "course")
    assert done.returncode == 0, done.stderr
    return list(csv.reader((folder / "out" / "leaderboard.csv").read_text(encoding="utf-8").splitlines()))


def test_a_class_is_graded_and_ordered(graded: Path) -> None:
    rows = board(graded)
    assert [row[0] for row in rows[1:]][-1] == "4"
    assert sorted(row[1] for row in rows[1:3]) == ["Ada", "Ada"]
    assert [(row[1], row[2], row[3]) for row in rows[3:]] == [("", "1.0", "6"), ("Medio", "0.5", "4")]
    assert "leaderboard.html" in (graded / "out" / "report.html").read_text(encoding="utf-8")
    page = (graded / "out" / "feedback" / "half.html").read_text(encoding="utf-8")
    assert "Accuracy: 50.0 %" in page


def test_measures_are_those_of_the_first_run_where_results_are_kept(graded: Path) -> None:
    before = result_of(graded, "ada").measured("seconds")
    grade(graded)
    assert result_of(graded, "ada").measured("seconds") == before
    assert before is not None
    copied = result_of(graded, "copy")
    assert (copied.measured("seconds"), copied.pseudonym) == (before, "Ada")


def test_a_decision_leaves_what_was_measured(graded: Path) -> None:
    overrides = graded / "out" / "overrides.csv"
    overrides.write_text("student,question,points,reason\nhalf,train,4,checked by hand\n", encoding="utf-8")
    rows = board(graded)
    assert ["Medio", "0.5"] in [row[1:3] for row in rows]
    overrides.unlink()


def test_who_never_trained_is_not_on_the_board(graded: Path) -> None:
    assert result_of(graded, "none").measured("accuracy") is None
    assert len(board(graded)) == len(HANDED_IN)
