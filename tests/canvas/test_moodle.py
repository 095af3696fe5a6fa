"""Moodle's grading worksheet, in two languages, filled in with what counts."""

import csv
import io
from pathlib import Path

import pytest
from canvas_class import zip_of
from canvas_results import write_graded
from command import capas

from capas.submission.exports import collect

ENGLISH = [
    "Identifier",
    "Full name",
    "Email address",
    "Status",
    "Grade",
    "Maximum Grade",
    "Grade can be changed",
    "Last modified (submission)",
    "Last modified (grade)",
    "Feedback comments",
]
SPANISH = [
    "Identificador",
    "Nombre completo",
    "Dirección de correo",
    "Estado",
    "Calificación",
    "Calificación máxima",
    "La calificación puede ser cambiada",
    "Última modificación (entrega)",
    "Última modificación (calificación)",
    "Comentarios de retroalimentación",
]
NAMES = {"11": "Ana Díaz", "12": "Luis Rey", "13": "Luis Rey", "14": "Eva Sol"}


def graded(folder: Path) -> Path:
    files = {f"{name}_{number}_assignsubmission_file/x.py": b"x = 1\n" for number, name in NAMES.items()}
    (folder / "moodle.zip").write_bytes(zip_of(files, say_utf8=True))
    scores = {"11": 9.5, "12": 20.0, "13": 0.0, "14": 3.0}
    write_graded(folder / "graded", collect(folder / "moodle.zip"), lambda entry: scores[entry.user])
    return folder / "graded"


def worksheet(folder: Path, header: list[str], most: str, standing: dict[str, str], delimiter: str = ",") -> Path:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(header)
    for number, name in {**NAMES, "99": "Nadie Aquí"}.items():
        grade = standing.get(number, "")
        writer.writerow([f"Participant {number}", name, f"{number}@x", "-", grade, most, "Yes", "-", "-", ""])
    (folder / "worksheet.csv").write_text(text.getvalue(), encoding="utf-8-sig")
    return folder / "worksheet.csv"


@pytest.mark.parametrize(("header", "most", "delimiter"), [(ENGLISH, "20.00", ","), (SPANISH, "20,00", ";")])
def test_the_worksheet_comes_back_with_what_counts(
    tmp_path: Path, header: list[str], most: str, delimiter: str
) -> None:
    out = graded(tmp_path)
    (out / "overrides.csv").write_text("student,question,points,reason\nEva Sol,all,3.25,<b>1 < 2</b>\n", "utf-8")
    sheet = worksheet(tmp_path, header, most, {"12": most, "13": "5"}, delimiter)
    done = capas("canvas", "grades", out, "--gradebook", sheet)
    assert done.returncode == 0, done.stderr
    assert "Luis Rey (Participant 13): 5 stays, not 0: another grade stands in Moodle" in done.stdout
    with (out / "moodle-grades.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=delimiter))
    point = "," if "," in most else "."
    assert rows[0] == header
    assert [(row[0], row[4], row[5]) for row in rows[1:]] == [
        ("Participant 11", f"9{point}5", most),
        ("Participant 14", f"3{point}25", most),
    ]
    assert rows[2][-1].endswith("en total: &lt;b&gt;1 &lt; 2&lt;/b&gt;")
    forced = capas("canvas", "grades", out, "--gradebook", sheet, "--force")
    assert "Luis Rey (Participant 13): 5 → 0" in forced.stdout


def test_what_is_above_moodle_s_maximum_or_of_another_platform_is_told(tmp_path: Path) -> None:
    out = graded(tmp_path)
    done = capas("canvas", "grades", out, "--gradebook", worksheet(tmp_path, ENGLISH, "10.00", {}))
    assert (
        "Luis Rey (Participant 12): no grade stays, not 20: above Moodle's maximum of 10; set it there to 20"
        in done.stdout
    )
    text = (out / "manifest.json").read_text(encoding="utf-8").replace('"moodle"', '"gradescope"')
    (out / "manifest.json").write_text(text, encoding="utf-8")
    refused = capas("canvas", "grades", out, "--gradebook", tmp_path / "worksheet.csv")
    assert (refused.returncode, "is Moodle's" in refused.stderr) == (2, True)
