"""The pages in Chromium: on a phone, in the dark, printed, without network, with and without their script.

Screenshots go to the folder in `CAPAS_SCREENSHOTS`, or to pytest's own.
"""

import os
import random
from pathlib import Path

import msgspec
import pytest
from made import found, seen, told, with_mistakes

from capas.grading.standing import compared, standings
from capas.report.class_list import HandedIn
from capas.report.class_page import class_page
from capas.report.compare_page import compare_page
from capas.report.diagnoses import diagnoses_of
from capas.report.question_pages import QuestionPages
from capas.report.student_feedback import student_page
from capas.submission import read_submission
from capas.submission.manifest import Entry

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1200, "height": 900}
CLASS_SIZE, SHOWN_AT_ONCE = 200, 100
NAMES = ("María López", "Lucía Muñoz", "Ana Peña", "José García")


@pytest.fixture(scope="module")
def pages(activations, zygote, grade, tmp_path_factory) -> dict[str, Path]:
    """The page of a student with pictures and a long error, and the page of a class of 200."""
    folder = tmp_path_factory.mktemp("pages")
    ids = ("rises_twice_as_fast", "negative_slope", "absolute_value", "returns_the_mask")
    wrong = with_mistakes(activations, *ids)
    shouting = b"\ndef tanh(a):\n    raise ValueError('x' * 400)\n"
    submissions = found({"diana.py": wrong + shouting, "ana.py": (activations.solutions / "reference.py").read_bytes()})
    ana, diana = grade(activations, submissions, "es")
    pictures = seen(activations, diana, read_submission(submissions[1]).cells, zygote)
    # A class that is graded in no time: each student has this one's mistake in some of the questions.
    chooser, results = random.Random(3), []
    for number in range(CLASS_SIZE):
        questions = [
            chooser.choice([right, right, wrong]) for right, wrong in zip(ana.questions, diana.questions, strict=True)
        ]
        score = sum(question.score for question in questions)
        name = f"estudiante_con_un_nombre_bastante_largo_{number:03d}"
        results.append(
            msgspec.structs.replace(ana, submission=name, file=f"{name}.py", questions=questions, score=score)
        )
    entries = {one.submission: Entry(one.file, "collected", full_name=NAMES[at % 4]) for at, one in enumerate(results)}
    known = HandedIn(entries, late={results[0].submission, results[5].submission})
    made = {
        "feedback": student_page(told(activations, diana, pictures)),
        "report": "".join(class_page(activations, results, diagnoses_of(activations, "es"), "es", None, None, known)),
    }
    with QuestionPages(activations, diagnoses_of(activations, "es"), known, "es") as questions:
        for result in results:
            questions.add(result, read_submission(submissions[1]).cells)
        made["question"] = (folder / questions.write(folder)["tanh_derivative"]).read_text(encoding="utf-8")
    before = [msgspec.structs.replace(one, score=one.score - at % 3) for at, one in enumerate(results)]
    changes = compared(standings(before), standings(results))
    made["compared"] = "".join(compare_page(activations, changes, "before", "now", known, "es"))
    for name, text in made.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in made}


@pytest.fixture(scope="module")
def screenshots(tmp_path_factory) -> Path:
    folder = os.environ.get("CAPAS_SCREENSHOTS")
    path = Path(folder) if folder else tmp_path_factory.mktemp("screenshots")
    path.mkdir(parents=True, exist_ok=True)
    return path


@pytest.mark.parametrize("name", ["feedback", "report", "question", "compared"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_page_fits(browser, pages, screenshots, name: str, scheme: str, viewport: dict[str, int]) -> None:
    context = browser.new_context(viewport=viewport, color_scheme=scheme, offline=True)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: complaints.extend([request.url] if request.url.startswith("http") else []))
    page.goto(pages[name].as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    assert page.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 100)")
    assert not complaints
    assert page.evaluate(CONTRAST) == []
    page.screenshot(path=screenshots / f"{name}-{scheme}-{viewport['width']}.png")
    context.close()


# Every text against the background it stands on: WCAG asks for 4.5 to 1.
CONTRAST = """() => {
  const light = (color) => {
    const parts = color.match(/[\\d.]+/g).map(Number).slice(0, 3).map((part) => part / 255)
      .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const behind = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const color = getComputedStyle(one).backgroundColor;
      if (color !== "rgba(0, 0, 0, 0)") return color;
    }
    return "rgb(255, 255, 255)";
  };
  const bad = [];
  for (const element of document.body.querySelectorAll("*")) {
    const text = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!text || element.tagName === "SCRIPT") continue;
    const [one, other] = [light(getComputedStyle(element).color), light(behind(element))];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (ratio < 4.5) bad.push(`${element.tagName} ${element.textContent.slice(0, 30)} ${ratio.toFixed(2)}`);
  }
  return bad;
}"""


def test_headings_sort_their_table(browser, pages) -> None:
    page = browser.new_page(viewport=DESKTOP)
    page.goto(pages["report"].as_uri())
    heading = page.locator("table.sortable").last.locator("th").nth(1)
    shown = page.locator("table.sortable").last.locator("tbody td:nth-child(2)")
    for order in ("ascending", "descending"):
        heading.locator("button").click()
        assert heading.get_attribute("aria-sort") == order
        scores = [float(text) for text in shown.all_inner_texts()]
        assert scores == sorted(scores, reverse=order == "descending")
    page.close()


def test_the_list_is_searched_and_filtered(browser, pages) -> None:
    page = browser.new_page(viewport=DESKTOP)
    page.goto(pages["report"].as_uri())
    rows = page.locator("#submissions tbody tr")
    found = page.locator("#found")
    assert rows.count() == SHOWN_AT_ONCE
    assert found.inner_text() == f"{CLASS_SIZE} / {CLASS_SIZE}"
    for words in ("lopez maria", "LÓPEZ María", " MarIa   lopéz"):
        page.fill("#words", words)
        assert found.inner_text() == f"{CLASS_SIZE // 4} / {CLASS_SIZE}"
        assert {text.split("\n")[0] for text in rows.locator("th").all_inner_texts()} == {"María López"}
    page.select_option("#mark", "late")
    assert rows.count() == 1
    page.fill("#words", "nobody")
    assert rows.count() == 0
    page.click("#clear")
    assert found.inner_text() == f"{CLASS_SIZE} / {CLASS_SIZE}"
    page.select_option("#diagnosis", "negative_slope")
    with_it = int(found.inner_text().split()[0])
    assert 0 < with_it < CLASS_SIZE
    page.select_option("#question", "tanh")
    assert rows.count() == 0  # some of those who have it lose points in tanh, too, but not for it
    page.click("#clear")
    page.fill("#most", "12,5")
    scores = [float(text) for text in rows.locator("td:nth-child(2)").all_inner_texts()]
    assert scores
    assert max(scores) <= 12.5
    page.click("#clear")
    page.locator("button.more").last.click()
    assert rows.count() == CLASS_SIZE
    page.close()


def test_changes_between_two_runs_are_searched_and_sorted(browser, pages) -> None:
    page = browser.new_page(viewport=DESKTOP)
    page.goto(pages["compared"].as_uri())
    rows, found = page.locator("#submissions tbody tr"), page.locator("#found")
    changed = sum(at % 3 > 0 for at in range(CLASS_SIZE))
    assert found.inner_text() == f"{changed} / {changed}"
    assert [float(text) for text in rows.locator("td:nth-child(2)").all_inner_texts()][:2] == [2, 2]
    page.locator("#submissions th button").nth(1).click()
    assert float(rows.first.locator("td:nth-child(2)").inner_text()) == 1
    page.fill("#words", "PEÑA ana")
    few = int(found.inner_text().split()[0])
    assert 0 < few < changed
    page.select_option("#question", "tanh")  # no question changed, only the whole
    assert rows.count() == 0
    page.click("#clear")
    assert found.inner_text() == f"{changed} / {changed}"
    page.close()


def test_the_class_page_works_without_its_script(browser, pages) -> None:
    context = browser.new_context(viewport=DESKTOP, java_script_enabled=False)
    page = context.new_page()
    page.goto(pages["report"].as_uri())
    assert page.locator("th button").count() == 0
    assert page.locator("table.sortable").last.locator("tbody tr").count() == CLASS_SIZE
    context.close()


def test_a_page_can_be_printed(browser, pages, screenshots) -> None:
    for name, path in pages.items():
        page = browser.new_page(color_scheme="dark")
        page.goto(path.as_uri())
        page.emulate_media(media="print")
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
        page.pdf(path=screenshots / f"{name}.pdf", format="A4")
        page.close()
