"""What a stage's page tells its script: the cells, what may be imported, where Python is, and sentences."""

import json
from typing import Any

from capas.bundle.site.handed_out import HandedOut
from capas.bundle.site.pyodide import PyodidePlace
from capas.course.libraries import importable_modules
from capas.course.model import Stage
from capas.texts import program_texts

SENTENCES = (
    "site_check",
    "site_keys",
    "site_reset",
    "site_was_reset",
    "site_editor",
    "site_checking",
    "site_loading",
    "site_no_python",
    "site_no_net",
    "site_endless",
    "site_broke",
    "site_printed",
    "site_more_printed",
    "site_not_kept",
    "site_take_out",
    "site_no_file",
    "site_open",
    "site_opened",
    "site_nothing_in_file",
    "site_kept",
    "site_kept_long",
)
"""What `static/stage.js` says."""


def page_config(stage: Stage, language: str, handed_out: HandedOut, place: PyodidePlace) -> str:
    """Return it as JSON that can stand in a page."""
    say = program_texts(language)
    config: dict[str, Any] = {
        "id": stage.id,
        "language": language,
        "notebook": f"{stage.slug}.ipynb",
        "script": f"{stage.slug}.py",
        "cells": handed_out.cells,
        "data": sorted(handed_out.files),
        "libraries": importable_modules(stage.libraries),
        "pyodide": place.config,
        "texts": {key: say[key] for key in SENTENCES},
    }
    return json.dumps(config, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
