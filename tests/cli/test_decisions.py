"""`overrides.csv` by the commands that a teacher types: nothing is written while a row is wrong, then all shows."""

import csv
import re
from pathlib import Path

import pytest
from command import capas

ROOT = Path(__file__).parents[2]
REFERENCE = (ROOT / "solutions/03_softmax/reference.py").read_text(encoding="utf-8")


@pytest.fixture
def class_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "class"
    folder.mkdir()
    (folder / "Ana Díaz.py").write_text(REFERENCE, encoding="utf-8")
    (folder / "Luis Rey.py").write_text("import numpy as np\n\n\ndef predict(probabilities):\n    return 0\n", "utf-8")
    return folder


def decide(out: Path, *rows: str) -> None:
    out.mkdir(exist_ok=True)
    (out / "overrides.csv").write_text("\n".join(["student;question;points;reason", *rows]), encoding="cp1252")


def grades(out: Path) -> dict[str, dict[str, str]]:
    with (out / "grades.csv").open(encoding="utf-8", newline="") as file:
        return {row["submission"]: row for row in csv.DictReader(file)}


def files_of(out: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in out.rglob("*") if path.is_file() and path.name != ".lock"}


def test_a_wrong_row_stops_grade_and_report_before_anything_is_written(class_folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    decide(out, "luis rey;predict;1,5;casi", "nadie;;3;", "Luis Rey;predict;3;")
    before = files_of(out)
    refused = capas("grade", "03_softmax", class_folder, "--out", out)
    assert (refused.returncode, re.findall(r"row \d+", refused.stderr)) == (2, ["row 3", "row 4", "row 2"])
    assert files_of(out) == before
    decide(out, "luis rey;predict;1,5;casi =1+1 <b>ñ</b>")
    done = capas("grade", "03_softmax", class_folder, "--out", out, "--feedback")
    assert done.returncode == 0, done.stderr
    shown = re.search(r"Luis_Rey: predict (\S+): casi =1\+1 <b>ñ</b>", done.stdout)
    assert shown
    row = grades(out)["Luis_Rey"]
    assert row["predict"] == "1.5"
    assert float(row["score"]) - float(row["machine_score"]) == pytest.approx(float(shown[1]))
    assert (grades(out)["Ana_Díaz"]["score"], grades(out)["Ana_Díaz"]["decided"]) == ("20", "")
    page = (out / "feedback" / "Luis_Rey.html").read_text(encoding="utf-8")
    assert page.count("1.5 de 2 puntos: casi =1+1 &lt;b&gt;ñ&lt;/b&gt;") == 2
    annotated = (out / "feedback" / "Luis_Rey.py").read_text(encoding="utf-8")
    assert "#: Quien te da clase puso 1.5 de 2 puntos: casi =1+1 <b>ñ</b>" in annotated
    # The machine's results stay the machine's, and nobody writes over what a person decided.
    assert "casi" not in (out / "results" / "Luis_Rey.json").read_text(encoding="utf-8")
    assert "casi" not in (out / "journal.jsonl").read_text(encoding="utf-8")
    before = files_of(out)
    decide(out, "luis rey;predict;99;")
    assert capas("report", out).returncode == 2
    assert files_of(out) | {str(out / "overrides.csv"): b""} == before | {str(out / "overrides.csv"): b""}


def test_a_report_brings_grades_and_pages_up_to_date(class_folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert capas("grade", "03_softmax", class_folder, "--out", out, "--feedback").returncode == 0
    first = files_of(out)
    decide(out, "Ana Díaz;all;12;copied")
    done = capas("report", out, "--submissions", class_folder / "Luis Rey.py")
    assert done.returncode == 0, done.stderr
    assert (grades(out)["Ana_Díaz"]["score"], grades(out)["Ana_Díaz"]["machine_score"]) == ("12", "20")
    assert "12 de 20 puntos en total: copied" in (out / "feedback" / "Ana_Díaz.html").read_text(encoding="utf-8")
    (out / "overrides.csv").unlink()
    assert capas("report", out, "--submissions", class_folder).returncode == 0
    left = files_of(out)
    assert left == first


def test_late_days_of_course_toml_need_no_new_grading(small_course: Path, class_folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert capas("grade", "03_softmax", class_folder, "--out", out, folder=small_course).returncode == 0
    results = {path.name: path.read_bytes() for path in (out / "results").iterdir()}
    decide(out, "Ana Díaz;late days;2;by mail")
    assert "course.toml says nothing of late days" in capas("report", out, folder=small_course).stderr
    with (small_course / "course.toml").open("a", encoding="utf-8") as file:
        file.write("\n[late]\npercent_a_day = 10\n")
    done = capas("report", out, folder=small_course)
    assert done.returncode == 0, done.stderr
    assert "graded with other cases" not in done.stderr
    assert grades(out)["Ana_Díaz"]["score"] == "16"
    assert {path.name: path.read_bytes() for path in (out / "results").iterdir()} == results


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[late]\n", "either `points_a_day` or `percent_a_day`"),
        ("[late]\npoints_a_day = 1\npercent_a_day = 5\n", "either `points_a_day` or `percent_a_day`"),
        ("[late]\npoints_a_day = -1\n", "`points_a_day` is -1"),
        ("[late]\npercent_a_day = 101\n", "at most 100"),
        ("[late]\npoints_a_day = 1\nmax_days = 0\n", "`max_days` is 0"),
        ('[late]\npoints_a_day = "1"\n', "`points_a_day`: expected a number, got a text in quotes, in `late`"),
        ("[late]\npoint_a_day = 1\n", "did you mean `points_a_day`?"),
    ],
)
def test_a_rule_that_is_wrong_is_told_in_a_line(small_course: Path, text: str, told: str) -> None:
    with (small_course / "course.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n{text}")
    refused = capas("verify", folder=small_course)
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert told in refused.stderr


def test_a_due_date_needs_its_offset(small_course: Path) -> None:
    path = small_course / "assignments/03_softmax/assignment.toml"
    path.write_text("due = 2026-11-27T23:59:00\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert "`due` needs its offset from UTC" in capas("verify", folder=small_course).stderr
