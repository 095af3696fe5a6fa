"""A page on which one picture that moves stands alone, and what tests ask of it."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.served import served
from capas.bundle.site.pages import STATIC

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,"><link rel="stylesheet" href="assets/site.css"><title>t</title>
<main><figure class="explorable"><div class="host"></div></figure></main>"""

_SHOW = """async ([address, language]) => {
    const host = document.querySelector(".host");
    host.replaceChildren();
    (await import(address)).default(host, { language });
}"""


@contextmanager
def explorables_served(modules: Iterable[Path], folder: Path) -> Iterator[str]:
    """Serve the page and stages' folders of modules while the context lasts, and give the page's address."""
    shutil.copytree(STATIC, folder / "assets")
    for of_stage in modules:
        shutil.copytree(of_stage, folder / "explorables" / of_stage.parent.name)
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    with served(folder) as address:
        yield f"{address}index.html"


def show(page: Any, module: str, language: str) -> None:
    """Show a module, such as ``03_softmax/softmax``, on the page."""
    page.evaluate(_SHOW, [f"./explorables/{module}.js", language])
    page.wait_for_timeout(60)


def value_of(page: Any, module: str, expression: str) -> Any:
    """Return what an expression gives, in which ``m`` is a module of the course."""
    return page.evaluate(f"import('./explorables/{module}.js').then((m) => {expression})")
