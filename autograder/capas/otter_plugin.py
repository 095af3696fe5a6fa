"""The plugin in every `autograder.zip`: under Otter too, student code runs in a sandbox and the judge outside.

Otter calls ``before_execution`` with the submitted notebook and runs what it returns: a single cell that puts
proxies of the student's functions where Otter's test files will look for them.
"""

import shutil
from pathlib import Path
from typing import Any

import msgspec
import nbformat
from otter.plugins import AbstractOtterPlugin

from capas.checks import set_language
from capas.program import Program
from capas.sandbox import Limits, SandboxError, Zygote
from capas.submission import Unreadable, read_cells

KEPT = {"tests", "__init__.py"}
"""What Otter itself puts beside the submission."""


class Config(msgspec.Struct, forbid_unknown_fields=True):
    """What `capas build` writes into `otter_config.json` for the plugin."""

    stage: str
    language: str
    functions: list[str]
    limits: Limits


class SandboxPlugin(AbstractOtterPlugin):
    """Replaces the submission by proxies of its functions."""

    def before_execution(self, submission: nbformat.NotebookNode) -> nbformat.NotebookNode:
        """Return a notebook of one cell; the folder is cleared of what could shadow modules."""
        path = Path(self.submission_path)
        try:
            cells = read_cells(path.name, path.read_bytes())
        except Unreadable:
            cells = []
        _clear(path.parent)
        start = (
            "from capas import otter_plugin\n"
            f"globals().update(otter_plugin.proxies({msgspec.json.encode(self.plugin_config).decode()!r}, {cells!r}))"
        )
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(start)])
        notebook.metadata = submission.metadata
        return notebook


def proxies(config_json: str, cells: list[str]) -> dict[str, Any]:
    """Load the student's cells in a sandbox and return proxies of the functions that the stage asks for.

    The zygote lives as long as this process, which is the kernel that Otter started.
    """
    config = msgspec.json.decode(config_json, type=Config)
    set_language(config.language)
    try:
        namespace = Program(Zygote(), config.limits, cells).namespace()
    except SandboxError:
        return {}
    # Only names that the stage asks for: no function of a student's may shadow one that Otter uses here.
    return {name: namespace[name] for name in config.functions if name in namespace}


def _clear(folder: Path) -> None:
    """Empty Otter's submission folder, and only that: its neighbours tell whether this is one."""
    if not all((folder.parent / name).is_dir() for name in ("source", "results")):
        return
    for path in folder.iterdir():
        if path.name in KEPT:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
