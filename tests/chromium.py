"""The system's Chromium, for tests that look at pages."""

import importlib.util
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# No sandbox: CI runs as root in a container. The rest keeps Chromium to the page that is tested.
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]


@contextmanager
def running_chromium() -> Iterator[Any]:
    """Have a browser while the context lasts; the test is skipped where there is none, and fails where it must run."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if importlib.util.find_spec("playwright") is None or path is None:
        # Where the tests must run, a skip would look like a pass.
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("no playwright or no browser: make browser")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()
