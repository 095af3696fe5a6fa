"""Answering on a page of the site, in Chromium."""

from collections.abc import Iterator
from typing import Any

import pytest

LONG = 120_000
"""Milliseconds: a busy machine takes its time to start Python."""


@pytest.fixture
def context(browser: Any) -> Iterator[Any]:
    made = browser.new_context(viewport={"width": 1200, "height": 900}, accept_downloads=True)
    made.set_default_timeout(LONG)
    yield made
    made.close()


def opened(context: Any, address: str) -> tuple[Any, list[str]]:
    """Open the English page of the stage; return it with a list of the errors that it will have."""
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(f"{address}en/03_softmax/index.html")
    return page, errors


def place(page: Any, name: str) -> Any:
    return page.locator(f'.answer[data-question="{name}"]')


def write(page: Any, name: str, source: str) -> None:
    place(page, name).locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(source)


def check(page: Any, name: str) -> str:
    """Check a question and return what is told."""
    place(page, name).locator("button.check").click()
    place(page, name).locator("button.check:not([aria-busy])").wait_for()
    return place(page, name).locator(".result").inner_text()
