"""What is known of the notebook around the checks: what ran in it, and its file as it was saved last."""

import contextlib
import hashlib
import json
import math
import os
import re
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

START = "\nstart_checks(DATA)"


@dataclass(frozen=True)
class SavedAnswer:
    """A file as it was saved: its name, when that was, in seconds, and its code: of a script a single cell."""

    name: str
    seconds: float
    cells: list[str]
    is_script: bool = False


@dataclass(frozen=True)
class Ran:
    """A cell that ran: its source, when it began to, and whether it ended without an error."""

    source: str
    seconds: float
    good: bool


class Notebook:
    """The notebook whose names are ``namespace``; ``questions`` are those that its answers have."""

    def __init__(self, questions: Sequence[str], namespace: Mapping[str, Any]):
        self._questions, self._namespace, self._folder = list(questions), namespace, Path().resolve()
        self._ran: list[Ran] = []
        self._values = {name: namespace.get(name) for name in questions}
        self._answers: dict[str, tuple[Ran, bool]] = {}  # what ran last, and whether it gave the answer another value
        self._shell: Any = namespace["get_ipython"]() if "get_ipython" in namespace else None
        if hasattr(self._shell, "events"):
            self._shell.events.register("post_run_cell", self._note)

    def _note(self, result: Any) -> None:
        """Keep what ran; Jupyter calls this after each cell."""
        ran = Ran(result.info.raw_cell, time.time(), result.success)
        if not ran.source.lstrip().startswith(("grader.", "%", "!")) and START not in ran.source:
            self._ran.append(ran)
        for name in self._questions:
            value = self._namespace.get(name)
            if _defines(ran.source, name):
                self._answers[name] = ran, value is not self._values[name]
            self._values[name] = value

    def doubt(self, name: str) -> str:
        """Return what makes it doubtful that an answer is what its cell says, as a key of the texts; "" if nothing."""
        if name not in self._answers:
            return ""
        ran, is_new = self._answers[name]
        if not ran.good and not is_new:
            return "cell_failed"
        saved = self.saved()
        cells = [cell for cell in saved.cells if _defines(cell, name)] if saved else []
        if saved and cells and saved.seconds > ran.seconds and _plain(ran.source) not in map(_plain, cells):
            return "cell_changed"
        return ""

    def is_older(self, saved: SavedAnswer) -> bool:
        """Tell whether something ran after ``saved`` was, and is not in it."""
        cells = {_plain(cell) for cell in saved.cells}
        return any(ran.seconds > saved.seconds and _plain(ran.source) not in cells for ran in self._ran)

    def saved(self, ask: bool = False) -> SavedAnswer | None:
        """Return this notebook as it was saved, None where its file cannot be found; with ``ask`` Colab is asked."""
        if "google.colab" in sys.modules:
            return self._from_colab() if ask else None
        ran = {_plain(one.source) for one in self._ran}
        found = [answer for path in self._paths() if (answer := self._read(path))]
        # The first are those that the program around says; copies of it may lie beside.
        return max(found, key=lambda one: (len(ran & {*map(_plain, one.cells)}), -found.index(one)), default=None)

    def _paths(self) -> Iterator[Path]:
        for told in (self._namespace.get("__vsc_ipynb_file__"), os.environ.get("JPY_SESSION_NAME")):
            if told:
                yield Path(told)
        with contextlib.suppress(OSError):
            yield from sorted(self._folder.glob("*.ipynb"), key=lambda path: -path.stat().st_mtime)

    def _read(self, path: Path) -> SavedAnswer | None:
        with contextlib.suppress(Exception):  # whatever lies there
            cells = self._code(json.loads(path.read_text("utf-8")))
            if any(_defines(cell, name) for cell in cells for name in self._questions):
                return SavedAnswer(path.name, path.stat().st_mtime, cells)
        return None

    def _from_colab(self) -> SavedAnswer | None:
        with contextlib.suppress(Exception):  # Colab promises nothing
            from google.colab import _message  # type: ignore[import-not-found]

            notebook = _message.blocking_request("get_ipynb", timeout_sec=10)["ipynb"]
            return SavedAnswer(notebook["metadata"]["colab"]["name"], math.inf, self._code(notebook))
        return None

    def _code(self, notebook: Any) -> list[str]:
        return ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]

    def plain_python(self, cells: Sequence[str]) -> list[str]:
        """Return cells to be run: without the kit's first, and with IPython's magics as calls."""
        own = [cell.rpartition(START)[2] for cell in cells]
        return [
            self._shell.transform_cell(cell) if re.search(r"^\s*[%!]|= *[%!]", cell, re.M) and self._shell else cell
            for cell in own
        ]


def receipt(cells: Sequence[str]) -> str:
    """Return eight signs by which student and teacher know the same answer: they are of its code, not of outputs."""
    code = "\n".join(line.rstrip() for cell in cells for line in cell.splitlines())
    return hashlib.sha256(code.encode("utf-8", "replace")).hexdigest()[:8]


def first_line(cell: str) -> str:
    """Return what a cell is known by: its first line of code."""
    lines = [line.strip() for line in cell.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return (lines or [""])[0][:60]


def _defines(source: str, name: str) -> bool:
    return re.search(rf"^(?:(?:async +)?def|class) +{name}\b|^{name} *(?::[^=\n]*)?=(?!=)", source, re.M) is not None


def _plain(source: str) -> str:
    return "\n".join(line.rstrip() for line in source.strip().splitlines())
