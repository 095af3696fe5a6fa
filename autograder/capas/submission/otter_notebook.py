"""A notebook's cells as Otter runs them: none is rewritten, those to be ignored are left out, checks are put in."""

from collections.abc import Sequence
from typing import Any

import msgspec

from capas.submission.notebook import Cell

IGNORED = "otter_ignore"
CHECK_CELL = "__import__('otter').Notebook().check({name!r})"
"""What Otter puts after a cell whose metadata names a test."""


def cells_as_otter_runs_them(cells: Sequence[Cell]) -> list[str]:
    """Return the sources of the code cells, with a cell of checks after each whose metadata asks for some."""
    sources: list[str] = []
    for cell in cells:
        own = _table(cell.metadata.get("otter"))
        if IGNORED in _list(cell.metadata.get("tags")) or own.get("ignore") is True:
            continue
        if cell.is_code:
            sources.append(cell.source)
        if checks := [CHECK_CELL.format(name=name) for name in _list(own.get("tests")) if isinstance(name, str)]:
            sources.append("\n".join(checks))
    return sources


class _Otter(msgspec.Struct):
    assignment_name: str | None = None


class _Metadata(msgspec.Struct):
    otter: _Otter | None = None


class _Notebook(msgspec.Struct):
    metadata: _Metadata | None = None


def assignment_named(data: bytes) -> str:
    """Return the name of the assignment that a notebook is of, as its metadata has it, "" where it has none."""
    try:
        notebook = msgspec.json.decode(data, type=_Notebook)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return ""
    otter = notebook.metadata.otter if notebook.metadata else None
    return (otter.assignment_name or "") if otter else ""


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
