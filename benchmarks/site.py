"""The web site: how long `capas site` takes, and how it is in Chromium: checks, weight, pictures that move.

`CAPAS_PYODIDE` names a folder with Pyodide, which the site then carries; without it no checks are measured.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.chromium import running_chromium
from benchmarks.measure import Times, timed
from benchmarks.served import Compressing, served
from capas.bundle.build import build_stage
from capas.course.model import COURSE_FILE, Course, Stage
from capas.course.solutions import Solutions
from capas.verify.samples import make_samples

ROOT = Path(__file__).parents[1]
COLUMNS = ["what", "", "target"]
LANGUAGE = "es"
LONG = 120_000
FRAMES = 90
Row = list[str]

# Milliseconds from the click until the page shows what came of it.
CHECK = """(name) => new Promise((done) => {
  const button = document.querySelector(`.answer[data-question="${name}"] button.check`);
  const begin = performance.now();
  new MutationObserver((_, observer) => {
    if (button.hasAttribute("aria-busy")) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - begin)));
  }).observe(button, { attributes: true });
  button.click();
})"""
SCROLLED = """async () => {
  for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight / 2) {
    scrollTo(0, y);
    await new Promise((done) => setTimeout(done, 60));
  }
}"""
# Bytes over the wire, and unpacked.
WEIGHT = """() => {
  const entries = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
  return ["encodedBodySize", "decodedBodySize"].map((size) => entries.reduce((sum, entry) => sum + entry[size], 0));
}"""
# A slider that is dragged, or a sheet that is drawn on by keys, in every frame; frames a second.
DRAGGED = """([place, frames]) => new Promise((done) => {
  const figure = document.querySelectorAll(".explorable")[place];
  const input = figure.querySelector("input[type=range], [role=application]");
  figure.scrollIntoView({ behavior: "instant", block: "center" });
  const [low, high] = [Number(input.min), Number(input.max)];
  const keys = ["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"];
  let frame = 0, begin = 0;
  const move = () => {
    if (input.type === "range") {
      input.value = low + ((high - low) * (frame % 30)) / 30;
      input.dispatchEvent(new Event("input", { bubbles: true }));
    } else {
      input.dispatchEvent(new KeyboardEvent("keydown", { key: keys[Math.floor(frame / 8) % 4], shiftKey: true }));
    }
  };
  const next = (now) => {
    begin ||= now;
    if (frame === frames) return done((1000 * frames) / (now - begin));
    move();
    frame += 1;
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
})"""


def rows(course: Course, repeats: int, stages: tuple[str, ...]) -> Iterator[Row]:
    """Make the site of a copy of the course, and look at it."""
    pyodide = os.environ.get("CAPAS_PYODIDE", "")
    with tempfile.TemporaryDirectory() as name:
        copy = _copied(Path(name) / "course")
        yield from _making(copy, repeats)
        _site(copy, *(["--pyodide", pyodide] if pyodide else []))
        with served(copy / "site", Compressing) as address, running_chromium() as browser:
            if browser is None:
                return
            chosen = course.choose(stages)
            yield _weight(browser, address, chosen)
            yield _moving(browser, address, chosen)
            if pyodide:
                yield from _visits(browser, address, chosen[-1], repeats)
                yield _checks(browser, address, chosen)


def _copied(folder: Path) -> Path:
    for part in ("assignments", "solutions"):
        shutil.copytree(ROOT / part, folder / part)
    shutil.copy(ROOT / COURSE_FILE, folder)
    return folder


def _site(course: Path, *options: str) -> None:
    command = [sys.executable, "-m", "capas.cli.main", "site", *options]
    subprocess.run(command, cwd=course, check=True, capture_output=True)


def _making(course: Path, repeats: int) -> Iterator[Row]:
    first = timed(lambda: _site(course))

    def anew() -> None:
        shutil.rmtree(course / "site")
        _site(course)

    yield ["`capas site`, all stages, both languages, after `capas build`", timed(anew, repeats).text(), "5 s"]
    yield ["the same from nothing: all bundles built, all pictures drawn", first.text(), ""]


def _weight(browser: Any, address: str, stages: list[Stage]) -> Row:
    found = []
    for stage in stages:
        page = browser.new_page()
        page.goto(f"{address}{LANGUAGE}/{stage.id}/index.html")
        page.evaluate(SCROLLED)
        page.wait_for_load_state("networkidle")
        found.append(page.evaluate(WEIGHT))
        page.close()
    wire, unpacked = (f"{max(sizes) / 1000:.0f} kB" for sizes in zip(*found, strict=True))
    return ["the heaviest page with all its pictures, compressed (unpacked)", f"{wire} ({unpacked})", "300 kB"]


def _moving(browser: Any, address: str, stages: list[Stage]) -> Row:
    found = []
    for stage in stages:
        page = browser.new_page()
        page.goto(f"{address}{LANGUAGE}/{stage.id}/index.html")
        page.locator(".explorable:not([hidden])").first.wait_for()
        for place in range(page.locator(".explorable").count()):
            found.append(page.evaluate(DRAGGED, [place, FRAMES]))
        page.close()
    return ["a picture that moves, dragged: redrawn, the slowest", f"{min(found):.0f} a second", "60 a second"]


def _visits(browser: Any, address: str, stage: Stage, repeats: int) -> Iterator[Row]:
    """Open the page of a stage in a browser that has never seen it, and again; a check is asked for at once."""
    cold, again = list[float](), list[float]()
    for _ in range(repeats):
        context = browser.new_context()
        context.set_default_timeout(LONG)
        for times in (cold, again):
            page = context.new_page()
            times += timed(lambda page=page: _first_check(page, address, stage)).runs
            page.locator(".offline:not(:empty)").wait_for()
            page.close()
        context.close()
    yield ["from opening a page to its first check, never seen before", Times(cold).text(), "10 s"]
    yield ["the same on the next visit", Times(again).text(), "5 s"]


def _first_check(page: Any, address: str, stage: Stage) -> None:
    page.goto(f"{address}{LANGUAGE}/{stage.id}/index.html")
    page.evaluate(CHECK, stage.questions[0].name)


def _draws(stage: Stage, name: str) -> bool:
    """Tell whether a question's cases look at plots, for which not every Pyodide has Matplotlib."""
    return "capas_check.plots" in (stage.assignment / "tests" / f"{name}.py").read_text(encoding="utf-8")


def _checks(browser: Any, address: str, stages: list[Stage]) -> Row:
    """Check right answers to every question of every stage, but for those about plots."""
    took: dict[str, float] = {}
    for stage in stages:
        page = browser.new_page()
        page.set_default_timeout(LONG)
        page.goto(f"{address}{LANGUAGE}/{stage.id}/index.html")
        reference = make_samples(stage, Solutions(stage), build_stage(stage, LANGUAGE))[0].as_script()
        file = {"name": "answers.py", "mimeType": "text/x-python", "buffer": reference}
        page.locator("input[type=file]").set_input_files(file)
        names = [question.name for question in stage.questions if not _draws(stage, question.name)]
        page.evaluate(CHECK, names[0])
        for name in names:
            took[f"`{name}` of {stage.id}"] = statistics.median(page.evaluate(CHECK, name) for _ in range(3))
        if page.locator(".answer.passes").count() != len(names):
            raise RuntimeError(f"{stage.id}: the reference does not pass in the browser")
        page.close()
    slowest = max(took, key=took.__getitem__)
    what = f"a later check: the median of all questions (the longest: {slowest})"
    return [what, f"{statistics.median(took.values()):.0f} ms ({took[slowest]:.0f} ms)", "150 ms"]
