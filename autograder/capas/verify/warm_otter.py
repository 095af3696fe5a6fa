"""`otter run` kept warm: all of Otter but a Jupyter kernel, and a judge made anew, for each submission.

A kernel takes most of the time of an `otter run`, the beginning of the judge most of the rest. Here a few processes
have Otter, IPython and the plugin loaded and run one submission after the other; the cells that Otter prepares run in
an IPython shell of that process, and what was made to judge one submission of a bundle judges the next. What a kernel
and a beginning might change is seen by whole runs of some of the submissions, see `capas.verify.proof`.
"""

import functools
import gc
import logging
import multiprocessing
import os
import sys
from collections.abc import Callable, Sequence
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


def warm_otter_run_all(
    submissions: Sequence[Pair], workers: int = 2, on_done: Callable[[], None] = lambda: None
) -> list[OtterScore]:
    """Run Otter on pairs of submission and autograder, ``workers`` at once; without kernels where it can fork.

    Args:
        submissions: the pairs.
        workers: how many processes to use.
        on_done: told when one more is done.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return otter_run_all(list(submissions), workers, on_done)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(WARM)
    scores = []
    with context.Pool(min(workers, len(submissions) or 1), _start) as pool:
        for score in pool.imap(_run, submissions):
            scores.append(score)
            on_done()
        pool.close()
        pool.join()  # its processes end by themselves, and with them their sandboxes
    return scores


def _start() -> None:
    import nbconvert.preprocessors

    from capas.grading import otter_plugin

    nbconvert.preprocessors.ExecutePreprocessor = _ShellPreprocessor  # type: ignore[misc, assignment]
    otter_plugin.make_grader = _kept_for_its_tests(otter_plugin.make_grader)
    gc.freeze()  # what is loaded stays; each submission's shell looks for what may go
    logging.disable()  # Otter's debug lines, which a kernel would send over a socket to this very process


def _kept_for_its_tests(make_grader: Callable[[str], Any]) -> Callable[[str], Any]:
    """Return ``make_grader`` that makes one of a bundle only: of what its configuration and its test files say."""

    @functools.cache
    def make(config_json: str, _tests: tuple[tuple[str, bytes], ...]) -> Any:
        return make_grader(config_json)

    def make_once(config_json: str) -> Any:
        return make(config_json, tuple((path.name, path.read_bytes()) for path in sorted(Path("tests").glob("*.py"))))

    return make_once


def _run(pair: Pair) -> OtterScore:
    path, environment = list(sys.path), dict(os.environ)
    try:
        return otter_run(*pair)
    finally:
        # Otter adds the folders of each submission.
        sys.path[:] = path
        os.environ.clear()
        os.environ.update(environment)


class _ShellPreprocessor:
    """Runs the cells of a notebook in this process, as nbconvert's does in a kernel."""

    def __init__(self, config: Any) -> None:
        pass

    def preprocess(self, notebook: nbformat.NotebookNode) -> tuple[nbformat.NotebookNode, dict[str, Any]]:
        from IPython.core.interactiveshell import InteractiveShell
        from traitlets.config import Config

        shell = InteractiveShell.instance(config=Config(HistoryManager={"enabled": False}))
        shell.reset()  # the names of the submission before
        for cell in notebook.cells:
            if cell.cell_type == "code":
                result = shell.run_cell(cell.source)
                error = result.error_before_exec or result.error_in_exec
                cell.outputs = [_error_output(error)] if error else []
        return notebook, {}


def _error_output(error: BaseException) -> nbformat.NotebookNode:
    return nbformat.v4.new_output("error", ename=type(error).__name__, evalue=str(error), traceback=[])
