"""A course of one stage that is copied once, for what is built in it, and Chromium."""

import importlib.util
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def copied_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("copied") / "course"
    for folder in ("assignments", "solutions"):
        shutil.copytree(ROOT / folder / "03_softmax", root / folder / "03_softmax")
    text = (ROOT / "course.toml").read_text(encoding="utf-8")
    start, end = text.index("stages = ["), text.index("]", text.index("stages = [")) + 1
    (root / "course.toml").write_text(text[:start] + 'stages = ["03_softmax"]' + text[end:], encoding="utf-8")
    return root


BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if importlib.util.find_spec("playwright") is None or path is None:
        # Where the tests must run, a skip would look like a pass.
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("no playwright or no browser: make browser")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()
