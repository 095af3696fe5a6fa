"""A grade that a person decided is the same wherever it is read, and no name does anything where it stands."""

import csv
import re
import zipfile
from pathlib import Path

import pytest
from canvas_class import Member, gradebook_csv
from canvas_importer import import_grades
from command import capas

NUMBER = 7001
PEOPLE = {
    "garcialopezmaria_4200_99000": ("García López, María", "4200,softmax,5.5,=1+1 <i>"),
    "munozpenainaki_LATE_4207_99003": ("Muñoz Peña, Iñaki", ""),
    "=1+1_4214_99006": ("=1+1", "4214,softmax,0,copied"),
    "b\u202exb_4221_99009": ("<b>x\u202e</b>", "4221,all,12.25,"),
    "oneil_4228_99012": ("O'Neil, Ana", ""),
}
"""By what Canvas names the file, the name in the gradebook and the row of overrides.csv."""
EXPECTED = {4200: 18.5, 4207: 18.5, 4214: 13.0, 4221: 12.25, 4228: 20.0}
"""By Canvas's number: of 20 points less 1.5, a late day of 1.5, a softmax of 7, what was decided of the whole, all."""


@pytest.fixture
def played(small_course: Path) -> Path:
    """A course with a class that is graded, decided, reported and compared."""
    path = small_course / "course.toml"
    path.write_text(path.read_text(encoding="utf-8") + "\n[late]\npoints_a_day = 1.5\n", encoding="utf-8")
    reference = (small_course / "solutions/03_softmax/reference.py").read_text(encoding="utf-8")
    with zipfile.ZipFile(small_course / "submissions.zip", "w") as archive:
        for name in PEOPLE:
            archive.writestr(f"{name}_softmax.py", f"{reference}\n# {name.split('_')[0].encode('unicode_escape')}\n")
    members = [
        Member(number, name, f"user{number}@uni.example", f"S{number}")
        for number, (name, _) in zip(EXPECTED, PEOPLE.values(), strict=True)
    ]
    book = gradebook_csv(members, {NUMBER: "Softmax"}, {})
    (small_course / "gradebook.csv").write_text(book, encoding="utf-8")
    given = ("canvas", "collect", "submissions.zip", "--gradebook", "gradebook.csv", "--out", "collected")
    done = capas(*given, folder=small_course)
    assert done.returncode == 0, done.stderr
    done = capas("grade", "03_softmax", "collected", "--out", "graded", folder=small_course)
    assert done.returncode == 0, done.stderr
    rows = ["student,question,points,reason", *(row for _, row in PEOPLE.values() if row)]
    (small_course / "graded/overrides.csv").write_text("\n".join(rows), encoding="utf-8")
    done = capas("report", "graded", "--submissions", "collected", "--compare", "graded", folder=small_course)
    assert done.returncode == 0, done.stderr
    assert "\u202e" not in done.stdout + done.stderr
    return small_course


def numbered(texts: dict[str, str]) -> dict[int, float]:
    """Return scores by Canvas's number, which is in the name of each submission."""
    return {int(re.findall(r"_(\d{4})_", name)[0]): float(score) for name, score in texts.items()}


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_grade_is_the_same_in_tables_pages_files_and_for_canvas(played: Path) -> None:
    graded = played / "graded"
    read = {
        table: numbered({row["submission"]: row["score"] for row in rows_of(graded / table)})
        for table in ("grades.csv", "compared.csv")
    }
    listed = re.findall(r'<tr data-find="([^"]+)" data-score="([^"]+)"', (graded / "report.html").read_text("utf-8"))
    read["report.html"] = numbered(dict(listed))
    pages, files = {}, {}
    for path in (graded / "feedback").iterdir():
        into, mark = (pages, r'class="score">([\d.]+) de') if path.suffix == ".html" else (files, r"#: ([\d.]+) de 20")
        found = re.search(mark, path.read_text(encoding="utf-8"))
        assert found, path
        into[path.stem] = found[1]
    read |= {"pages": numbered(pages), "files": numbered(files)}
    done = capas("canvas", "grades", "graded", "--gradebook", "gradebook.csv", folder=played)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "\u202e" not in done.stdout
    members = [Member(number, "", "", "") for number in EXPECTED]
    cells = import_grades((graded / "canvas-grades.csv").read_bytes(), members, {NUMBER: "Softmax"})
    read["canvas-grades.csv"] = {user: float(cell) for (user, _), cell in cells.items()}
    assert read == dict.fromkeys(read, EXPECTED)


def test_names_and_reasons_do_nothing_where_they_stand(played: Path) -> None:
    graded = played / "graded"
    for path in graded.glob("**/*.html"):
        text = path.read_text(encoding="utf-8")
        assert "\u202e" not in text, path.name
        assert "<b>x" not in text, path.name
        assert "=1+1 <i>" not in text, path.name
    for path in graded.glob("*.csv"):
        if path.name != "overrides.csv":
            cells = [cell for row in csv.reader(path.read_text(encoding="utf-8").splitlines()) for cell in row]
            assert not [cell for cell in cells if re.match(r"\s*[=+@]|-[^\d]", cell)], path.name
            assert "\u202e" not in "".join(cells), path.name
