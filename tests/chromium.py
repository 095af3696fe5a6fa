"""The system's Chromium, for tests that look at pages."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from benchmarks.chromium import running_chromium as running_chromium_if_any


@contextmanager
def running_chromium() -> Iterator[Any]:
    """Have a browser while the context lasts; the test is skipped where there is none, and fails where it must run."""
    with running_chromium_if_any() as chromium:
        if chromium is None:
            # Where the tests must run, a skip would look like a pass.
            (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(
                "no playwright or no browser: make browser"
            )
        yield chromium
