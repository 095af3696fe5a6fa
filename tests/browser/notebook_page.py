"""The page of a notebook that was run in JupyterLab: what is there to see, and what must hold of it."""

import json
import re
import urllib.request
from pathlib import Path
from typing import Any

import msgspec
import nbformat
from PIL import Image

from capas.course.model import Stage

HEIGHT = 2200
WIDTH = 1000
SOLVED = "solved"  # the version whose pictures show the hints open


WORDS = {
    "es": {"summary": "Resumen de las pruebas públicas", "all": "pasan todas ("},
    "en": {"summary": "Summary of the public cases", "all": "all pass ("},
}


class Seen(msgspec.Struct):
    """What is in the page after a notebook was run."""

    formulas: int
    broken_formulas: list[str]
    text: str
    """All text but that of code cells' sources."""
    pictures: list[int]
    """Widths of the pictures as they came, 0 for one that did not."""
    reports: list[str]
    errors: list[str]
    hints: int


# What a student sees is asked of the page itself; closed hints count, as they will be opened.
LOOK = """() => {
    const all = (query) => [...document.querySelectorAll('.jp-Notebook ' + query)];
    const texts = (query) => all(query).map((node) => node.textContent);
    return {
        formulas: all('.jp-MarkdownOutput mjx-container').length,
        broken_formulas: texts('mjx-merror, [data-mjx-error], .MathJax_Error'),
        text: texts('.jp-RenderedHTMLCommon, .jp-RenderedText').join('\\n'),
        pictures: all('.jp-RenderedHTMLCommon img').map((image) => image.complete ? image.naturalWidth : 0),
        reports: texts('.jp-OutputArea-output'),
        errors: texts('[data-mime-type$="jupyter.error"], [data-mime-type$="jupyter.stderr"]'),
        hints: all('details').length,
    };
}"""


def run_notebook(lab: str, browser: Any, notebook: nbformat.NotebookNode, language: str, shots: Path) -> Seen:
    """Open the notebook ``shots`` is named after, run all its cells, and return what is there to see."""
    page = browser.new_page()
    try:
        page.goto(f"{lab}/doc/tree/{shots.name}.ipynb")
        _run_all(lab, page, f"{shots.name}.ipynb")
        page.locator(".jp-OutputArea-output", has_text=WORDS[language]["summary"]).wait_for(timeout=60_000)
        formulas = formulas_of(notebook)
        typeset = "(count) => document.querySelectorAll('.jp-MarkdownOutput mjx-container').length >= count"
        page.wait_for_function(typeset, arg=formulas, timeout=30_000)
        seen = msgspec.convert(page.evaluate(LOOK), Seen)
        if shots.name.endswith(SOLVED):
            page.evaluate("document.querySelectorAll('details').forEach((hint) => { hint.open = true; })")
        _take(page, shots)
    except Exception:
        page.screenshot(path=f"{shots}-failed.png")
        raise
    finally:
        page.close()
    return seen


def _run_all(lab: str, page: Any, file: str) -> None:
    # Before its kernel is connected, the notebook would ask for one, or forget what it was asked.
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for(timeout=60_000)
    for _ in range(600):
        with urllib.request.urlopen(f"{lab}/api/sessions") as answer:
            sessions = {session["path"]: session["kernel"] for session in json.load(answer)}
        kernel = sessions.get(file, {})
        if kernel.get("connections") and kernel.get("execution_state") == "idle":
            break
        page.wait_for_timeout(100)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()


def _take(page: Any, shots: Path) -> None:
    """Take pictures of the page from top to bottom."""
    panel = page.locator(".jp-WindowedPanel-outer")
    number, top = 0, -1
    while (now := panel.evaluate("(node, y) => { node.scrollTop = y; return node.scrollTop; }", number * 2000)) > top:
        page.wait_for_timeout(100)
        page.screenshot(path=f"{shots}-{number}.png")
        number, top = number + 1, now


def formulas_of(notebook: nbformat.NotebookNode) -> int:
    """Count the formulas in the notebook's prose."""
    count = 0
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            prose = re.sub(r"```.*?```|`[^`\n]*`", "", cell.source, flags=re.DOTALL)
            prose, displayed = re.subn(r"\$\$.*?\$\$", "", prose, flags=re.DOTALL)
            count += displayed + len(re.findall(r"\$[^$]+\$", prose))
    return count


def assert_sound(seen: Seen, stage: Stage, notebook: nbformat.NotebookNode, language: str) -> None:
    """Assert what must hold of every notebook that was run, whatever the student's code is."""
    assert seen.errors == []
    assert seen.formulas == formulas_of(notebook) > 20
    assert seen.broken_formulas == []
    assert "$" not in seen.text
    assert "\\frac" not in seen.text
    assert seen.hints == 3 * len(stage.questions)
    figures = sum(cell.cell_type == "markdown" and "](data:image" in cell.source for cell in notebook.cells)
    assert len(seen.pictures) == figures + len(stage.drawings)
    assert all(seen.pictures)
    names = [question.name for question in stage.questions]
    checks = [max(filter(text.startswith, names), key=len, default="") for text in seen.reports]
    checks = [name for name in checks if name]
    assert checks == names, checks  # in their order, each once
    assert sum(WORDS[language]["summary"] in text for text in seen.reports) == 1


def assert_there_is_ink(shots: Path) -> None:
    taken = sorted(shots.parent.glob(f"{shots.name}-*.png"))
    assert len(taken) > 2
    for path in taken:
        with Image.open(path) as image:
            assert image.size == (WIDTH, HEIGHT)
            histogram = image.convert("L").histogram()
        # A page of text has a few per cent of ink; a blank one, or one that is all grey, has none.
        assert sum(histogram[:128]) > 0.005 * WIDTH * HEIGHT, path
        assert sum(count > 0 for count in histogram) > 50, path
