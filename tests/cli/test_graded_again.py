"""One student or one question again, by the commands a teacher types: whose points changed is told before it leaves."""

import csv
from pathlib import Path

import pytest
from command import capas

WRONG = "import numpy as np\n\n\ndef predict(probabilities):\n    return 0\n"


@pytest.fixture
def course(small_course: Path) -> Path:
    handed_in = small_course / "in"
    handed_in.mkdir()
    (handed_in / "Ana Díaz.py").write_bytes((small_course / "solutions/03_softmax/reference.py").read_bytes())
    (handed_in / "Luis Rey.py").write_text(WRONG, encoding="utf-8")
    return small_course


def grade(course: Path, *options: object) -> str:
    done = capas("grade", "03_softmax", "in", "--out", "out", "--workers", 1, *options, folder=course)
    assert done.returncode == 0, done.stderr
    return done.stdout


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_mended_question_is_graded_again_and_compared(course: Path) -> None:
    assert "changed" not in grade(course)
    older = course / "older"
    (course / "out").rename(older)
    grade(course)
    path = course / "assignments/03_softmax/tests/predict.py"
    # A case that nobody can pass: the mended one is the other way round.
    path.write_text(path.read_text(encoding="utf-8").replace(".returns(", ".returns(7 + 0 * ", 1), encoding="utf-8")
    (course / "out/report.html").touch()
    shown = grade(course, "--questions", "predict")
    assert "1 of 2 results changed: 0 up, 1 down" in shown
    assert "The pages in out show the grades of before; capas report out writes them anew." in shown
    (changed,) = rows(course / "out/changes.csv")
    assert changed["submission"] == "Ana_Díaz"
    assert float(changed["change"]) == float(changed["predict"]) - float(changed["predict_before"]) < 0
    assert changed["softmax_before"] == changed["softmax"] == "7"
    # What is graded whole now is what there is already, key and all.
    before = (course / "out/journal.jsonl").read_bytes()
    shown = grade(course)
    assert "No points changed" in shown
    assert "pages" not in shown
    assert (course / "out/journal.jsonl").read_bytes() == before
    done = capas("report", "out", "--compare", "older", folder=course)
    assert done.returncode == 0, done.stderr
    assert "1 of 2 results changed: 0 up, 1 down" in done.stdout
    both = rows(course / "out/compared.csv")
    assert [row["submission"] for row in both] == ["Ana_Díaz", "Luis_Rey"]
    assert [row["change"] for row in both] == [changed["change"], "0"]


def test_one_student_is_graded_again_and_nobody_else(course: Path) -> None:
    grade(course)
    others = (
        (course / "out/results/Luis_Rey.json").stat().st_mtime_ns,
        (course / "out/results/Luis_Rey.json").read_bytes(),
    )
    (course / "in/Ana Díaz.py").write_text(WRONG, encoding="utf-8")
    (course / "in/Luis Rey.py").write_text("", encoding="utf-8")
    assert "Ana_Díaz" in grade(course, "--only", "ana diaz")
    kept = course / "out/results/Luis_Rey.json"
    assert (kept.stat().st_mtime_ns, kept.read_bytes()) == others
    assert [row["submission"] for row in rows(course / "out/changes.csv")] == ["Ana_Díaz"]
    # The first attempt is kept, and is no row of its own.
    assert (course / "out/results/Ana_Díaz~1.json").is_file()
    assert [row["submission"] for row in rows(course / "out/grades.csv")] == ["Ana_Díaz", "Luis_Rey"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--questions", "sofmax"], "--questions: sofmax; the questions of 03_softmax that capas grades: softmax, "),
        (["--questions", ","], "--questions: names none; the questions of"),
        (["--questions", "softmax", "--prune"], "use one of them"),
        (["--questions", "softmax", "--lang", "en"], "add --lang es"),
        (["--only", "nadie"], "--only nadie: no submission given is of that student"),
    ],
)
def test_what_is_asked_wrongly_is_told_in_a_line_and_changes_nothing(
    course: Path, options: list[str], told: str
) -> None:
    out = course / "out"
    out.mkdir()
    (out / "run.json").write_text('{"stage": "03_softmax", "language": "es"}', encoding="utf-8")
    done = capas("grade", "03_softmax", "in", "--out", "out", *options, folder=course)
    assert done.returncode == 2
    assert told in done.stderr
    assert done.stderr.count("\n") == 1
    assert [path.name for path in out.iterdir()] == ["run.json"]


def test_what_cannot_be_compared_with_is_told(course: Path) -> None:
    out = course / "out"
    grade(course)
    (course / "empty").mkdir()
    done = capas("report", out, "--compare", "empty", folder=course)
    assert (done.returncode, "empty holds no results to compare with" in done.stderr) == (2, True)
