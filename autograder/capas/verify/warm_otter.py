"""`otter run` kept warm: all of Otter but the start of a Jupyter kernel for each submission.

A kernel takes 3 of the 4 seconds of an `otter run`. Here a process has Otter, IPython and the plugin loaded, and forks
for each submission; the cells that Otter prepares run in an IPython shell of that fork. What a kernel itself might
change is seen by whole runs of some of the submissions, see `capas.verify.proof`.
"""

import logging
import multiprocessing
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat

from capas.verify.otter_run import OtterScore, otter_run, otter_run_all

WARM = [
    "capas.grading.otter_plugin",
    "capas.verify.warm_otter",
    "dill",
    "IPython.core.interactiveshell",
    "nbconvert.preprocessors",
    "otter.execute",
    "otter.run",
    "pandas",
]
"""Modules that an `otter run` of ours imports."""

Pair = tuple[Path, Path]
"""A submission and the autograder that grades it."""


def warm_otter_run_all(submissions: Sequence[Pair], workers: int = 2) -> list[OtterScore]:
    """Run Otter on pairs of submission and autograder, ``workers`` at once; without kernels where it can fork."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return otter_run_all(list(submissions), workers)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(WARM)
    with context.Pool(workers, maxtasksperchild=1) as pool:
        return pool.map(_run, submissions, chunksize=1)


def _run(pair: Pair) -> OtterScore:
    import nbconvert.preprocessors

    # Only this process is changed, and it ends after this submission.
    nbconvert.preprocessors.ExecutePreprocessor = _ShellPreprocessor  # type: ignore[misc, assignment]
    logging.disable()  # Otter's debug lines, which a kernel would send over a socket to this very process
    return otter_run(*pair)


class _ShellPreprocessor:
    """Runs the cells of a notebook in this process, as nbconvert's does in a kernel."""

    def __init__(self, config: Any) -> None:
        pass

    def preprocess(self, notebook: nbformat.NotebookNode) -> tuple[nbformat.NotebookNode, dict[str, Any]]:
        from IPython.core.interactiveshell import InteractiveShell
        from traitlets.config import Config

        shell = InteractiveShell.instance(config=Config(HistoryManager={"enabled": False}))
        for cell in notebook.cells:
            if cell.cell_type == "code":
                result = shell.run_cell(cell.source)
                error = result.error_before_exec or result.error_in_exec
                cell.outputs = [_error_output(error)] if error else []
        return notebook, {}


def _error_output(error: BaseException) -> nbformat.NotebookNode:
    return nbformat.v4.new_output("error", ename=type(error).__name__, evalue=str(error), traceback=[])
