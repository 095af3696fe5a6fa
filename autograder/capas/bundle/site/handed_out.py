"""What students receive of a stage, taken from its `student.zip`: pages have nothing that is not in there."""

import json
import re
from pathlib import Path
from typing import Any

import msgspec

from capas.bundle.zip import read_zip
from capas.course.model import Stage
from capas.submission import OWN_CELL

_DATA = re.compile(r'^DATA = "(.*)"$', re.MULTILINE)


class HandedOut(msgspec.Struct, frozen=True):
    """A stage in one language as students get it.

    ``data`` is what a notebook's first cell holds: the public cases and what tells of them, packed. ``cells`` are
    those that students need to answer, in order, each with its ``role``, ``name`` and ``source``.
    """

    notebook: bytes
    script: str
    data: str
    cells: list[dict[str, str]]
    files: dict[str, bytes]

    def source(self, role: str, name: str) -> str:
        """Return the source of the cell with a role and a name."""
        return next(cell["source"] for cell in self.cells if (cell["role"], cell["name"]) == (role, name))


def read_handed_out(path: Path, stage: Stage) -> HandedOut:
    """Return what is in the `student.zip` at ``path``."""
    files = read_zip(path.read_bytes())
    notebook = files[f"{stage.slug}.ipynb"]
    cells = json.loads(notebook)["cells"]
    start = next(_source(cell) for cell in cells if _own(cell).get("role") == "start")
    packed = _DATA.search(start)
    assert packed is not None
    needed = [
        {"role": _own(cell)["role"], "name": _own(cell).get("name", ""), "source": _source(cell)}
        for cell in cells
        if _own(cell).get("role") in ("given", "stub", "answer")
    ]
    data = {name: contents for name, contents in files.items() if name.startswith("data/")}
    return HandedOut(notebook, files[f"{stage.slug}.py"].decode(), packed[1], needed, data)


def _own(cell: dict[str, Any]) -> dict[str, str]:
    return cell["metadata"].get(OWN_CELL, {})


def _source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])
