"""Every notebook as a student sees it: opened in a real JupyterLab, in Chromium, and run from top to bottom.

Screenshots go to the folder in `CAPAS_SCREENSHOTS`, or to pytest's own.
"""

import ast
import importlib.util
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import matplotlib as mpl
import msgspec
import nbformat
import pytest
from PIL import Image

from capas.bundle.build import build_stage
from capas.course.model import Course, Stage
from capas.course.solutions import Solutions, Variant

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
HEIGHT, WIDTH = 2200, 1000
SOLVED = "solved"  # the version whose pictures show the hints open
# No sandbox: CI runs as root in a container. The rest keeps Chromium to the page that is tested.
BROWSER_ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
SETTINGS = {
    # Every cell is in the page, not only those in sight, and nothing below the last.
    "notebook-extension/tracker": '{"windowingMode": "none", "scrollPastEnd": false}',
    "apputils-extension/notification": '{"fetchNews": "false", "checkForUpdates": false}',
}
WORDS = {
    "es": {"summary": "Resumen de las pruebas públicas", "cases": "Pruebas públicas: pasan", "all": "pasan todas"},
    "en": {"summary": "Summary of the public cases", "cases": "Public cases:", "all": "all pass"},
}


def missing() -> str:
    """Return what this machine lacks for these tests, or nothing."""
    lacking = [name for name in ("jupyterlab", "playwright") if importlib.util.find_spec(name) is None]
    if lacking:
        return f"{' and '.join(lacking)} not installed; run: pip install --editable '.[dev]'"
    if not any(map(shutil.which, BROWSERS)):
        return f"no browser ({', '.join(BROWSERS)}); run: apt-get install chromium"
    return ""


@pytest.fixture(scope="module", autouse=True)
def _everything_is_there() -> None:
    if reason := missing():
        # Where the tests must run, a skip would look like a pass.
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def lab(home: Path) -> Iterator[str]:
    """A JupyterLab with nobody's settings that serves ``home``; its address."""
    for name, text in SETTINGS.items():
        path = home / ".settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True)
        path.write_text(text)
    folders = {f"JUPYTER_{kind}_DIR": str(home / f".{kind.lower()}") for kind in ("CONFIG", "DATA", "RUNTIME")}
    environment = {key: value for key, value in os.environ.items() if not key.startswith("JUPYTER")}
    environment |= folders | {
        "HOME": str(home),
        "IPYTHONDIR": str(home / ".ipython"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / ".settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / ".workspaces"),
        "MPLCONFIGDIR": mpl.get_cachedir(),  # else matplotlib looks for fonts for seconds, and says so
    }
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = [
        *("--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0"),
        *("--IdentityProvider.token=", f"--ServerApp.root_dir={home}", "--LabApp.news_url="),
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    log = home / ".lab.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *arguments],
            env=environment,
            cwd=home,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/api", server, log)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(address, timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text(errors='replace')[-2000:]}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    path = next(filter(None, map(shutil.which, BROWSERS)))
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=BROWSER_ARGUMENTS)
        # One context, so that JupyterLab is loaded once.
        yield chromium.new_context(viewport={"width": WIDTH, "height": HEIGHT})
        chromium.close()


@pytest.fixture(scope="module")
def screenshots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = os.environ.get("CAPAS_SCREENSHOTS")
    path = Path(folder) if folder else tmp_path_factory.mktemp("screenshots")
    path.mkdir(parents=True, exist_ok=True)
    return path


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


def run(lab: str, browser: Any, notebook: nbformat.NotebookNode, language: str, shots: Path) -> Seen:
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


def check(seen: Seen, stage: Stage, notebook: nbformat.NotebookNode, language: str) -> None:
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
    checks = [text for text in seen.reports if WORDS[language]["cases"] in text]
    assert len(checks) == len(stage.questions) + 1  # and the summary
    for question, text in zip(stage.questions, checks, strict=False):
        assert text.startswith(question.name)


def check_screenshots(shots: Path) -> None:
    taken = sorted(shots.parent.glob(f"{shots.name}-*.png"))
    assert len(taken) > 2
    for path in taken:
        with Image.open(path) as image:
            assert image.size == (WIDTH, HEIGHT)
            histogram = image.convert("L").histogram()
        # A page of text has a few per cent of ink; a blank one, or one that is all grey, has none.
        assert sum(histogram[:128]) > 0.005 * WIDTH * HEIGHT, path
        assert sum(count > 0 for count in histogram) > 50, path


def fill(notebook: nbformat.NotebookNode, source: str) -> None:
    """Put each function of ``source`` where a student writes it, and what else it needs above the first."""
    stubs = {cell.metadata.capas.name: cell for cell in notebook.cells if is_stub(cell)}
    rest = []
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and node.name in stubs:
            stubs[node.name].source = ast.unparse(node)
        elif not isinstance(node, ast.Expr):
            rest.append(ast.unparse(node))
    first = next(iter(stubs.values()))
    first.source = "\n".join([*rest, "", first.source])


def is_stub(cell: nbformat.NotebookNode) -> bool:
    return cell.metadata.get("capas", {}).get("role") == "stub"


def open_and_run(
    lab: str, browser: Any, home: Path, screenshots: Path, stage: Stage, language: str, version: str, source: str = ""
) -> Seen:
    files = build_stage(stage, language).student_files
    notebook = nbformat.reads(files[f"{stage.slug}.ipynb"].decode(), as_version=4)
    if source:
        fill(notebook, source)
    shots = screenshots / f"{stage.id}-{language}-{version}"
    nbformat.write(notebook, home / f"{shots.name}.ipynb")
    seen = run(lab, browser, notebook, language, shots)
    check(seen, stage, notebook, language)
    check_screenshots(shots)
    return seen


STUBS = [
    ("01_linear_collapse", "es"),
    ("02_activations", "es"),
    ("02_activations", "en"),
    ("03_softmax", "es"),
    ("04_forward_propagation", "en"),
    ("05_backpropagation", "es"),
]


@pytest.mark.parametrize(("stage_id", "language"), STUBS)
def test_a_notebook_as_it_is_handed_out(
    lab: str, browser: Any, home: Path, screenshots: Path, course: Course, stage_id: str, language: str
) -> None:
    (stage,) = course.choose([stage_id])
    seen = open_and_run(lab, browser, home, screenshots, stage, language, "stub")
    assert not any(WORDS[language]["all"] in report for report in seen.reports)
    words = {"es": "devuelve None: completa su celda", "en": "returns None: complete its cell"}[language]
    assert sum(words in report for report in seen.reports) == len(stage.drawings)


def test_a_notebook_that_is_solved(lab: str, browser: Any, home: Path, screenshots: Path, course: Course) -> None:
    (stage,) = course.choose(["02_activations"])
    source = Solutions(stage).reference_source
    seen = open_and_run(lab, browser, home, screenshots, stage, "es", SOLVED, source)
    assert sum(WORDS["es"]["all"] in report for report in seen.reports) == len(stage.questions) + 1
    assert sum("coincide con lo correcto" in report for report in seen.reports) == len(stage.drawings)


def test_a_notebook_with_a_mistake(lab: str, browser: Any, home: Path, screenshots: Path, course: Course) -> None:
    (stage,) = course.choose(["02_activations"])
    solutions = Solutions(stage)
    source = solutions.variant_source(_named(solutions.mistakes, "absolute_value"))
    seen = open_and_run(lab, browser, home, screenshots, stage, "es", "mistake", source)
    passing = [question.name for question in stage.questions if question.name != "relu"]
    for name in passing:
        assert any(report.startswith(name) and WORDS["es"]["all"] in report for report in seen.reports), name
    assert sum("se aparta de lo correcto entre a = −3 y a = 0" in report for report in seen.reports) == 1


def _named(variants: list[Variant], name: str) -> Variant:
    return next(variant for variant in variants if variant.id == name)
