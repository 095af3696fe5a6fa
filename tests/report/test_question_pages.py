"""The page of a question: what fails, with the student's code beside it."""

from pathlib import Path

import msgspec
import pytest
from made import HOSTILE, result_of, well_made

from capas.report.class_list import HandedIn, submission_rows
from capas.report.class_page import class_page
from capas.report.code_of import MAX_CODE_CHARACTERS, code_of
from capas.report.diagnoses import diagnoses_of
from capas.report.question_pages import QuestionPages
from capas.report.statistics import slim
from capas.submission import read_submission

BROKEN = "def softmax(z)\n    return z"


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (["def f(x):\n    return 1\n\n\ndef g(x):\n    return 2"], "def f(x):\n    return 1"),
        (["def f(x):\n    return 1", "print(f)", "def f(x):\n    return 3"], "def f(x):\n    return 3"),
        (["import functools\n@functools.cache\ndef f(x):\n    return 1"], "@functools.cache\ndef f(x):\n    return 1"),
        (["class f:\n    size = 1\nx = 2"], "class f:\n    size = 1"),
        (["f = 9.81  # m/s²", "g = f + 1"], "f = 9.81  # m/s²"),
        (["def f(x)\n    return 1"], "def f(x)\n    return 1"),
        (["g(f)", "\x00f", "(" * 5_000 + "f"], ""),
        ([], ""),
    ],
)
def test_the_code_of_a_question(cells: list[str], code: str) -> None:
    assert code_of(cells, "f") == code


def test_long_code_is_shortened() -> None:
    code = code_of(["def f():\n" + "    print(1)\n" * 1_000], "f")
    assert len(code) < MAX_CODE_CHARACTERS + 10
    assert code.endswith("…")


def written(stage, results, cells, out: Path, known: HandedIn | None = None) -> dict[str, str]:
    with QuestionPages(stage, diagnoses_of(stage, "en"), known or HandedIn(), "en") as pages:
        for result in results:
            pages.add(result, cells.get(result.submission, ()))
        return pages.write(out)


def test_code_stands_beside_what_fails_and_equal_answers_once(softmax, small_class, grade, tmp_path: Path) -> None:
    results = grade(softmax, small_class, "en")
    cells = {one.id: read_submission(one).cells for one in small_class}
    (tmp_path / "question-gone.html").write_text("of an earlier report")
    files = written(softmax, results, cells, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == set(files.values())
    page = (tmp_path / files["softmax"]).read_text(encoding="utf-8")
    outline = well_made(page)
    anchors = [str(values["id"]) for tag, values in outline.elements if tag == "a" and "id" in values]
    assert set(anchors) == {"bruno", "carla", "diego", "elena", "gabriela"}
    # bruno and carla, and diego and elena, answered the same.
    assert outline.tags.count("pre") == 3
    failed = {case.message for result in results for case in result.questions[0].cases if result.submission == "bruno"}
    assert all(" ".join(message.split())[:60] in outline.said for message in list(failed)[:1] if message)
    # The whole code, not the message alone, and nobody's who is right.
    assert outline.said.count("def softmax(") == 3
    assert "ana" not in anchors


def test_the_class_page_links_to_the_place_of_the_answer(softmax, small_class, grade, tmp_path: Path) -> None:
    results = grade(softmax, small_class, "en")
    known = HandedIn(pages=written(softmax, results, {}, tmp_path))
    slimmed = [slim(result) for result in results]
    page = "".join(class_page(softmax, slimmed, diagnoses_of(softmax, "en"), "en", None, None, known))
    links = {str(values["href"]) for tag, values in well_made(page).elements if tag == "a"}
    assert {"question-softmax.html", "question-softmax.html#bruno"} <= links
    assert "question-softmax.html#ana" not in links
    # What is kept of a class says the same as the whole results.
    assert page == "".join(class_page(softmax, results, diagnoses_of(softmax, "en"), "en", None, None, known))
    assert submission_rows(softmax, slimmed, known, "en") == submission_rows(softmax, results, known, "en")


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_can_be_put_into_the_page(softmax, text: str, tmp_path: Path) -> None:
    result = msgspec.structs.replace(result_of(softmax, case=text, file=text), submission=text)
    result.questions[0].diagnosis = text
    files = written(softmax, [result], {text: [f"softmax = {text!r}\n", BROKEN + text]}, tmp_path)
    for name in files.values():
        page = (tmp_path / name).read_text(encoding="utf-8")
        outline = well_made(page)
        assert "script" not in outline.tags
        assert "img" not in outline.tags
        assert "\u202e" not in page
