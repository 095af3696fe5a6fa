"""A regrade request the whole way: a code of a student's page, the page of requests in Chromium, and the new grade."""

import csv
import html
import re
from pathlib import Path
from typing import Any

import pytest
from command import capas

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WRONG = (
    "import numpy as np\n\n\ndef predict(probabilities):\n    # </script><img src=x onerror=alert(1)>\n    return 0\n"
)
NASTY = '=HYPERLINK("x") <b>\u202eñ</b>'


@pytest.fixture
def course(small_course: Path) -> Path:
    handed_in = small_course / "in"
    handed_in.mkdir()
    (handed_in / "Ana Díaz.py").write_text(WRONG, encoding="utf-8")
    (handed_in / "Luis Rey.py").write_text(WRONG + "# ", encoding="utf-8")
    done = capas("grade", "03_softmax", "in", "--out", "out", "--workers", 1, "--feedback", folder=small_course)
    assert done.returncode == 0, done.stderr
    return small_course


def codes(course: Path, student: str) -> list[str]:
    """Return the codes on a student's page, of one question that has an answer."""
    page = (course / f"out/feedback/{student}.html").read_text(encoding="utf-8")
    page = page[page.index('<h2 id="predict">') :].partition("</section>")[0]
    return re.findall(r"<code>([0-9A-Z]{5}-[0-9A-Z]{5})</code>", page)


def report(course: Path, status: int = 0) -> str:
    done = capas("report", "out", "--submissions", "in", folder=course)
    assert done.returncode == status, done.stderr
    return done.stdout + done.stderr


def ask(course: Path, *rows: tuple[str, str]) -> None:
    with (course / "out/requests.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows([("code", "reason"), *rows])


def grades(course: Path) -> dict[str, dict[str, str]]:
    with (course / "out/grades.csv").open(encoding="utf-8", newline="") as file:
        return {row["submission"]: row for row in csv.DictReader(file)}


def opened(browser: Any, course: Path, width: int = 1440) -> tuple[Any, list[str]]:
    page, said = browser.new_page(viewport={"width": width, "height": 900}), []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto((course / "out/requests.html").as_uri())
    return page, said


def saved(page: Any, course: Path) -> list[list[str]]:
    path = course / "out/overrides.csv"
    with page.expect_download() as download:
        page.keyboard.press("s")
    download.value.save_as(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_requests_are_answered_by_keys_and_count(browser: Any, course: Path) -> None:
    ana, luis = codes(course, "Ana_Díaz"), codes(course, "Luis_Rey")
    assert len(ana) == len(set(ana)) == len(luis)
    assert not set(ana) & set(luis)
    report(course)
    assert codes(course, "Ana_Díaz") == ana
    before = grades(course)
    ask(course, (ana[-1], NASTY), (luis[-1].lower(), "por favor"), ("AAAAA-AAAAA", "x"))
    kept = {path: path.read_bytes() for path in (course / "out").rglob("*.*") if path.is_file()}
    assert "row 4: AAAAA-AAAAA is no code of these results" in report(course, 2)
    assert {path: path.read_bytes() for path in (course / "out").rglob("*.*") if path.is_file()} == kept
    ask(course, (ana[-1], NASTY), (luis[-1].lower(), "por favor"))
    assert "requests.html is where regrade requests are answered." in report(course)

    page, said = opened(browser, course)
    assert "onerror" in page.locator("#source").text_content()
    assert page.locator("#reason").text_content() == NASTY.replace("\u202e", "\N{REPLACEMENT CHARACTER}")
    assert "Ana_Díaz" in page.locator("#who").text_content()
    page.keyboard.type("1,5")
    page.keyboard.press("Enter")
    assert "Luis_Rey" in page.locator("#who").text_content()
    page.keyboard.press("o")  # a note
    page.keyboard.type("=el caso es justo; mira el eje")
    page.keyboard.press("Escape")
    assert "2 de 2 respondidas" in page.locator("#progress").text_content()
    rows = saved(page, course)
    assert rows[0] == ["student", "question", "points", "reason", "requests"]
    assert rows[1:] == [
        ["Ana_Díaz", "predict", "1,5", "", ana[-1]],
        ["Luis_Rey", "predict", "note", "'=el caso es justo; mira el eje", luis[-1]],
    ]
    report(course)
    after = grades(course)
    gained = 1.5 - float(before["Ana_Díaz"]["predict"])
    assert float(after["Ana_Díaz"]["score"]) == float(before["Ana_Díaz"]["score"]) + gained
    assert after["Luis_Rey"]["score"] == before["Luis_Rey"]["score"]
    assert after["Luis_Rey"]["decided"] == "predict note: =el caso es justo; mira el eje"
    told = html.unescape((course / "out/feedback/Luis_Rey.html").read_text(encoding="utf-8"))
    assert "Quien te da clase responde: =el caso es justo; mira el eje" in told
    # Opened again, they are answered; taken back, the row that was saved stays as the file has it.
    again, errors = opened(browser, course, 360)
    assert "2 de 2 respondidas" in again.locator("#progress").text_content()
    assert again.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert saved(again, course) == rows
    again.keyboard.press("p")
    assert again.locator("#wrong").text_content() == ""
    again.keyboard.type("99")
    assert "0" in again.locator("#wrong").text_content()
    again.keyboard.press("Escape")
    assert saved(again, course) == rows  # 99 is no grade
    assert (said, errors) == ([], [])
