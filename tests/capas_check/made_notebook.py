"""A student's notebook: cells that are run in a process of ours, and saved into a file, as Jupyter does both."""

import json
import os
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from made_stage import make_stage

from capas_check import start
from capas_check.grader import Shown


class Shell:
    """What `get_ipython()` gives, as far as the checks use it."""

    def __init__(self) -> None:
        self.events = self
        self.hooks: list[Any] = []

    def register(self, event: str, hook: Any) -> None:
        assert event == "post_run_cell"
        self.hooks.append(hook)

    def transform_cell(self, cell: str) -> str:
        return cell.replace("%pip", "get_ipython().run_line_magic('pip', '')  #")


class MadeNotebook:
    """A notebook with the checks started, in the folder that is the present one."""

    def __init__(self, path: Path, **changes: Any):
        self.path, self.cells, self._shell = path, list[str](), Shell()
        self.names: dict[str, Any] = {"get_ipython": lambda: self._shell}
        self._time = time.time() - 1000
        start(make_stage(**changes), self.names)

    def run(self, source: str) -> "MadeNotebook":
        """Run a cell, as it is in the notebook or not."""
        self._time += 10
        good = True
        try:
            exec(source, self.names)
        except Exception:
            good = False
        ran = SimpleNamespace(info=SimpleNamespace(raw_cell=source), success=good)
        for hook in self._shell.hooks:
            hook(ran)
        return self

    def write(self, *sources: str, run: bool = True) -> "MadeNotebook":
        """Put cells at the end, and run them."""
        for source in sources:
            self.cells.append(source)
            if run:
                self.run(source)
        return self

    def save(self, age: float = 0.0) -> "MadeNotebook":
        """Save the notebook now, or so many seconds ago."""
        cells = [{"cell_type": "code", "source": cell.splitlines(keepends=True)} for cell in self.cells]
        text = [{"cell_type": "markdown", "source": "def double(x): pass"}]
        self.path.write_text(json.dumps({"cells": text + cells}), encoding="utf-8")
        saved = time.time() + 0.01 - age
        os.utime(self.path, (saved, saved))
        return self

    def check(self, question: str) -> list[str]:
        """Return what a check says."""
        return self.names["grader"].check(question).lines

    def summary(self) -> Shown:
        """Return what the last cell shows."""
        return self.names["grader"].summary()
