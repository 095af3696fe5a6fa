"""Who hands in again is told what changed from attempt to attempt, question by question; nobody else is."""

import html
from pathlib import Path

import pytest
from made import with_mistakes
from typer.testing import CliRunner

from capas.cli.main import app
from capas.course.model import Stage

HEADING = {"es": "Qué cambió entre tus entregas", "en": "What changed between your attempts"}
ATTEMPT = {"es": "Entrega {}: ", "en": "Attempt {}: "}
UP = {"es": "Softmax: subió de ", "en": "Softmax: up from "}
DOWN = {"es": "Softmax: bajó de ", "en": "Softmax: down from "}
CLASS = {
    "es": "Entregaron de nuevo {}: con más puntos que la primera vez {}, con los mismos {}, con menos {}.",
    "en": "{} handed in again: {} with more points than at first, {} with as many, {} with fewer.",
}
NONE = {"es": "Ninguna pregunta cambió de puntos.", "en": "No question's points changed."}


def grade(stage: Stage, folder: Path, language: str, *options: str) -> None:
    arguments = ["grade", stage.id, str(folder / "in"), "--out", str(folder / "out"), "--lang", language, *options]
    ran = CliRunner().invoke(app, [*arguments, "--feedback", "--course", str(stage.root), "--workers", "1"])
    assert ran.exit_code == 0, ran.output


@pytest.mark.slow
@pytest.mark.parametrize("language", ["es", "en"])
def test_the_page_says_what_changed_between_attempts(softmax: Stage, tmp_path: Path, language: str) -> None:
    (tmp_path / "in").mkdir()
    ana, berta = tmp_path / "in/ana.py", tmp_path / "in/berta.py"
    page, other = tmp_path / "out/feedback/ana.html", tmp_path / "out/feedback/berta.html"
    wrong, right = with_mistakes(softmax, "divides_by_the_maximum"), with_mistakes(softmax)
    ana.write_bytes(wrong)
    berta.write_bytes(right)
    grade(softmax, tmp_path, language)
    assert HEADING[language] not in page.read_text(encoding="utf-8")
    of_class = tmp_path / "out/report.html"
    begin = CLASS[language].partition("{}")[0] or "handed in again"
    assert begin not in of_class.read_text(encoding="utf-8")

    ana.write_bytes(right)
    grade(softmax, tmp_path, language)
    assert UP[language] in page.read_text(encoding="utf-8")
    assert CLASS[language].format(1, 1, 0, 0) in of_class.read_text(encoding="utf-8")
    assert HEADING[language] not in other.read_text(encoding="utf-8")

    # The third is compared with the second; grading again what is the same changes nothing.
    ana.write_bytes(wrong + b"\n# once more\n")
    grade(softmax, tmp_path, language)
    grade(softmax, tmp_path, language, "--fresh")
    text = html.unescape(page.read_text(encoding="utf-8"))
    assert HEADING[language] in text
    assert (text.count(UP[language]), text.count(DOWN[language])) == (1, 1)
    assert text.index(ATTEMPT[language].format(2)) < text.index(UP[language])
    assert text.index(UP[language]) < text.index(ATTEMPT[language].format(3)) < text.index(DOWN[language])
    assert ATTEMPT[language].format(4) not in text
    assert CLASS[language].format(1, 0, 1, 0) in of_class.read_text(encoding="utf-8")

    berta.write_bytes(wrong + b"\n")
    ana.write_bytes(wrong)  # as it was at first
    grade(softmax, tmp_path, language)
    assert CLASS[language].format(2, 0, 1, 1) in of_class.read_text(encoding="utf-8")
    assert DOWN[language] in other.read_text(encoding="utf-8")
    assert NONE[language] in html.unescape(page.read_text(encoding="utf-8"))


def test_what_was_kept_of_an_attempt_is_no_submission_and_goes_with_its_student(softmax: Stage, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/ana.py").write_bytes(with_mistakes(softmax, "divides_by_the_maximum"))
    grade(softmax, tmp_path, "es")
    (tmp_path / "in/ana.py").write_bytes(with_mistakes(softmax))
    grade(softmax, tmp_path, "es")
    kept = tmp_path / "out/results/ana~1.json"
    data = kept.read_bytes()
    kept.write_bytes(b"{")  # spoiled: the journal has it
    grade(softmax, tmp_path, "es", "--fresh", "--prune")
    assert kept.read_bytes() == data
    assert HEADING["es"] in (tmp_path / "out/feedback/ana.html").read_text(encoding="utf-8")
    (tmp_path / "in/ana.py").rename(tmp_path / "in/berta.py")
    grade(softmax, tmp_path, "es", "--prune")
    assert not kept.exists()
