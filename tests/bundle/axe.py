"""axe, which looks in a page for what keeps people from using it."""

import importlib.util
import os
from pathlib import Path
from typing import Any

import pytest


def axe_source() -> str:
    """Return its script; a test without it is skipped, and fails where it must run."""
    spec = importlib.util.find_spec("axe_playwright_python")
    found = [Path(folder) / "axe.min.js" for folder in (spec and spec.submodule_search_locations) or ()]
    paths = [*map(Path, filter(None, [os.environ.get("CAPAS_AXE")])), *found]
    path = next((path for path in paths if path.is_file()), None)
    if path is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("no axe: make browser")
    return path.read_text(encoding="utf-8")


def barriers(page: Any, source: str) -> list[tuple[str, str, str]]:
    """Return what is serious or critical in a page: the rule, the first place, and what is wrong with it."""
    page.evaluate(source)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        (one["id"], one["nodes"][0]["html"][:200], one["nodes"][0]["failureSummary"])
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]
