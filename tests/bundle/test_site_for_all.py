"""Every page of the course's site, in both languages, for who reads on a phone, in the dark, by ear or by keyboard."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe import axe_source, barriers

from benchmarks.served import served
from capas.bundle.site.write import make_site, write_site
from capas.course.model import COURSE_FILE, load_course

# The first test builds the whole course, too.
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(1800)]
ROOT = Path(__file__).parents[2]
LONG = 120_000

# What people use, as far as it is shown.
USED = """() => [...document.querySelectorAll("a[href], button, summary, input, .cm-content, [tabindex='0']")]
  .filter((node) => node.checkVisibility() && !node.matches(".choice input:not(:checked)"))"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the whole course, as if Pyodide came from its public distribution."""
    root = tmp_path_factory.mktemp("whole")
    for folder in ("assignments", "solutions"):
        shutil.copytree(ROOT / folder, root / folder)
    shutil.copy(ROOT / COURSE_FILE, root)
    course = load_course(root)
    write_site(make_site(course, course.languages, root / "dist"), root / "site")
    return root / "site"


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as root:
        yield root


# What is wide and light is the same in both languages but for its words, which have room there.
@pytest.mark.parametrize(
    ("language", "width", "scheme"), [("es", 360, "dark"), ("en", 360, "dark"), ("es", 1440, "light")]
)
def test_nobody_is_kept_from_a_page(
    browser: Any, site: Path, address: str, language: str, width: int, scheme: Any
) -> None:
    axe, paths = axe_source(), sorted((site / language).rglob("*.html"))
    assert len(paths) >= 6
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    context.set_default_timeout(LONG)
    page, errors = context.new_page(), list[str]()
    page.on("pageerror", lambda error: errors.append(str(error)))
    for path in paths:
        name = path.relative_to(site).as_posix()
        page.goto(address + name)
        page.wait_for_load_state("networkidle")
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        page.wait_for_timeout(100)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        assert not barriers(page, axe), name
    assert errors == []
    context.close()


def test_all_of_a_page_is_reached_by_keys(browser: Any, address: str) -> None:
    page = browser.new_page(viewport={"width": 700, "height": 800})
    page.goto(f"{address}es/02_activations/index.html")
    page.locator(".explorable input[type=range]").first.wait_for()
    wanted = page.evaluate_handle(USED)
    count = wanted.evaluate("(nodes) => nodes.length")
    assert count > 40
    reached = set[int]()
    for _ in range(count + 5):
        if page.evaluate("document.activeElement.matches('.cm-content')"):
            page.keyboard.press("Escape")
        page.keyboard.press("Tab")
        reached.add(wanted.evaluate("(nodes) => nodes.indexOf(document.activeElement)"))
    missed = [
        wanted.evaluate("(nodes, at) => nodes[at].outerHTML.slice(0, 120)", at) for at in set(range(count)) - reached
    ]
    assert not missed
    page.close()
