"""Grading texts in Chromium: by keys alone, to an `overrides.csv` that the program reads, with 3,000 answers."""

import csv
import time
from pathlib import Path
from typing import Any

import pytest
from made_texts import POINTS, WHY, answers, page_of

from capas.course.grade_terms import GradeTerms
from capas.run.desk import make_desk
from capas.run.overrides import OVERRIDES
from capas.run.people import Person

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HEADER = ["Student", "question", "points", "reason", "notes"]
ROWS = [
    ["ana", "why", "3", "Dice que se cancela", "keep ñ"],
    ["other", "softmax", "2", 'a;"b",c\nd', " x "],
]


def opened(browser: Any, folder: Path, text: str) -> tuple[Any, list[str]]:
    """Open a page from a file; return it, and what it says is wrong."""
    (folder / "by_hand.html").write_text(text, encoding="utf-8")
    page, said = browser.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto((folder / "by_hand.html").as_uri())
    return page, said


def saved(page: Any, folder: Path) -> list[list[str]]:
    with page.expect_download() as download:
        page.keyboard.press("s")
    download.value.save_as(folder / OVERRIDES)
    with (folder / OVERRIDES).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def decisions(folder: Path) -> dict[str, list[tuple[str, float, str]]]:
    points = {"why": POINTS, "softmax": 7.0}
    people = [Person(name, f"{name}.py", 24.0, points) for name in ("=1+1", "ana", "berta", "other")]
    desk = make_desk(folder, people, GradeTerms())
    return {name: [(one.question, one.points, one.reason) for one in made] for name, made in desk.decisions.items()}


def test_a_class_is_graded_by_keys_and_what_the_file_held_stays(browser: Any, text_stage: Any, tmp_path: Path) -> None:
    results = answers(text_stage, {"ana": "Se cancela.", "=1+1": "<img src=x onerror=alert(1)></script>", "berta": ""})
    text = page_of(text_stage, results, HEADER, ROWS, {"ana": {"why": 0}}, ";")
    page, said = opened(browser, tmp_path, text)
    assert page.locator("#answer").text_content() == "<img src=x onerror=alert(1)></script>"
    page.keyboard.press("a")
    page.keyboard.press("b")
    assert page.locator("#points").input_value() == "4"
    page.keyboard.press("n")  # Berta's place is gone; she gets points by digits, with a comma
    assert "ya no está el lugar" in page.locator("#answer").text_content()
    page.keyboard.type("1,5")
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    page.keyboard.type("=visto en clase")
    page.keyboard.press("Escape")
    assert "3 de 3 calificadas" in page.locator("#progress").text_content()
    rows = saved(page, tmp_path)
    assert rows[0] == [*HEADER, "rubric"]
    assert rows[1:3] == ROWS  # untouched, with a column that is ours to the last sign
    assert [row[:3] for row in rows[3:]] == [["'=1+1", "why", "4"], ["berta", "why", "1,5"]]
    assert decisions(tmp_path) == {
        "ana": [("why", 3.0, "Dice que se cancela")],
        "other": [("softmax", 2.0, 'a;"b",c\nd')],
        "=1+1": [("why", 4.0, f"{WHY[0]}; {WHY[1]}")],
        "berta": [("why", 1.5, "=visto en clase")],
    }
    assert said == []


def test_an_item_changed_once_changes_for_everybody_and_is_known_again(
    browser: Any, text_stage: Any, tmp_path: Path
) -> None:
    results = answers(text_stage, {"ana": "x", "berta": "y", "other": "z"})
    page, said = opened(browser, tmp_path, page_of(text_stage, results, HEADER[:4], [], {}, ";"))
    for _ in range(2):
        page.keyboard.press("b")
        page.keyboard.press("j")
    page.locator("#rubric .text").nth(1).fill("Da un ejemplo con números")
    page.locator("#rubric .points").nth(1).fill("2")
    page.locator("#add").click()
    page.keyboard.type("Clara; breve")
    page.locator("#rubric .points").nth(3).fill("1,5")
    page.keyboard.press("Escape")
    rows = saved(page, tmp_path)
    expected = {
        "ana": [("why", 2.0, "Da un ejemplo con números")],
        "berta": [("why", 2.0, "Da un ejemplo con números")],
        "other": [("why", 1.5, "Clara; breve")],
    }
    assert decisions(tmp_path) == expected
    # Opened again with what was saved, it knows the items as they were left, and saves the same.
    places = {row[0]: {"why": number} for number, row in enumerate(rows[1:])}
    again, errors = opened(browser, tmp_path, page_of(text_stage, results, rows[0], rows[1:], places, ";"))
    assert "3 de 3 calificadas" in again.locator("#progress").text_content()
    assert again.locator("#rubric .text").nth(1).input_value() == "Da un ejemplo con números"
    assert [again.locator("#rubric input[type=checkbox]").nth(place).is_checked() for place in range(4)] == [
        False,
        True,
        False,
        False,
    ]
    assert saved(again, tmp_path) == rows
    again.keyboard.press("x")
    assert [row[0] for row in saved(again, tmp_path)[1:]] == ["berta", "other"]
    again.keyboard.type("9")
    assert again.locator("#wrong").text_content() == "0 – 4"
    again.keyboard.press("Escape")
    assert [row[0] for row in saved(again, tmp_path)[1:]] == ["ana", "berta", "other"]  # as it was: 9 is no grade
    assert (said, errors) == ([], [])


def test_3000_answers_open_soon(browser: Any, text_stage: Any, tmp_path: Path) -> None:
    results = answers(text_stage, {f"s{number:04d}": "La suma no cambia. " * 50 for number in range(3000)})
    begin = time.perf_counter()
    page, said = opened(browser, tmp_path, page_of(text_stage, results, HEADER, [], {}, ";"))
    assert "0 de 3000" in page.locator("#progress").text_content()
    seconds = page.evaluate("performance.timing.loadEventEnd - performance.timing.navigationStart") / 1000
    print(f"3,000 answers opened in {seconds:.2f} s, {time.perf_counter() - begin:.2f} s with the browser's page")
    assert seconds < 20  # a machine that is busy; by itself it takes half a second
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert said == []
