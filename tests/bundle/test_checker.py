"""What asks for checks on a page, with a worker that is played: how long it waits for an answer."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.served import served
from capas.bundle.site.pages import STATIC

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PLAYED = """async (seconds) => {
    window.Worker = class {
        postMessage({ kind }) {
            const say = (data) => queueMicrotask(() => this.onmessage({ data }));
            if (kind === "start") say({ kind: "ready", loaded: [] });
            else { window.running = this; say({ kind: "at", name: "", ...seconds }); }
        }
        terminate() { window.running = null; }
    };
    const { Checker } = await import("./assets/checker.js");
    const stage = { data: [], pyodide: { index: "./" }, libraries: [] };
    new Checker(stage, () => {}).check("train", []).then((told) => { window.told = told; });
}"""


@pytest.fixture
def page(browser: Any, tmp_path: Path) -> Iterator[Any]:
    shutil.copytree(STATIC, tmp_path / "assets")
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "checks.txt").write_text("")
    (tmp_path / "index.html").write_text('<!doctype html><title>t</title><link rel="icon" href="data:,">')
    with served(tmp_path) as address:
        page = browser.new_page()
        page.clock.install()
        page.goto(f"{address}index.html")
        yield page
        page.close()


def begin(page: Any, seconds: dict[str, float]) -> None:
    page.evaluate(PLAYED, seconds)
    page.wait_for_function("window.running")


def test_what_does_not_answer_is_ended_a_second_after_its_time(page: Any) -> None:
    begin(page, {})
    page.clock.run_for(4_500)
    page.wait_for_function("window.told")
    assert page.evaluate("window.told.ended") == "endless"
    assert page.evaluate("window.told.seconds") == 3


def test_a_question_that_may_take_longer_is_waited_for(page: Any) -> None:
    begin(page, {"seconds": 23})
    page.clock.run_for(20_000)
    assert page.evaluate("window.running && !window.told")
    page.evaluate("window.running.onmessage({ data: { kind: 'result', result: { good: true } } })")
    page.wait_for_function("window.told")
    assert page.evaluate("window.told.good") is True


def test_what_may_take_longer_is_ended_after_its_own_time(page: Any) -> None:
    begin(page, {"seconds": 23})
    page.clock.run_for(25_000)
    page.wait_for_function("window.told")
    assert page.evaluate("window.told.seconds") == 23
