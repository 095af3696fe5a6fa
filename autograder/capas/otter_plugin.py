"""The plugin in every `autograder.zip`: under Otter too, student code runs in a sandbox and the judge outside.

Otter calls ``before_execution`` with the submitted notebook and runs what it returns: a single cell that puts
proxies of the student's functions where Otter's test files will look for them.
"""

import contextlib
import shutil
from collections.abc import Set
from pathlib import Path
from typing import Any

import msgspec
import nbformat
from otter.plugins import AbstractOtterPlugin
from otter.test_files.exception_test import ExceptionTestFile

from capas import carry
from capas.checks import set_language
from capas.program import Program
from capas.sandbox import Limits, SandboxError, Zygote, hide_from_others
from capas.submission import Unreadable, read_cells

KEPT = {"tests", "__init__.py"}
"""What Otter itself puts beside the submission."""


class Config(msgspec.Struct, forbid_unknown_fields=True):
    """What `capas build` writes into `otter_config.json` for the plugin."""

    stage: str
    language: str
    questions: list[str]
    given: list[str]
    limits: Limits
    reference: str
    """Source of the reference solution, for errors carried forward; it stays on this side of the sandbox."""


class SandboxPlugin(AbstractOtterPlugin):
    """Replaces the submission by proxies of its functions."""

    def before_grading(self, _config: Any) -> None:
        """Clear the folder of all but the submission: next, Otter would unpickle a log that lies beside it."""
        path = Path(self.submission_path)
        _clear(path.parent, KEPT | {path.name})

    def before_execution(self, submission: nbformat.NotebookNode) -> nbformat.NotebookNode:
        """Return a notebook of one cell; the folder is cleared of what could shadow modules."""
        path = Path(self.submission_path)
        try:
            cells = read_cells(path.name, path.read_bytes())
        except Unreadable:
            cells = []
        _clear(path.parent, KEPT)
        start = (
            "from capas import otter_plugin\n"
            f"globals().update(otter_plugin.enter({msgspec.json.encode(self.plugin_config).decode()!r}, {cells!r}))"
        )
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(start)])
        notebook.metadata = submission.metadata
        return notebook


def enter(config_json: str, cells: list[str]) -> dict[str, Any]:
    """Load the student's cells in a sandbox and return proxies of the functions that the stage asks for.

    The zygote lives as long as this process, which is the kernel that Otter started. From now on Otter's test
    files carry errors forward as `capas grade` does.
    """
    config = msgspec.json.decode(config_json, type=Config)
    set_language(config.language)
    hide_from_others()
    zygote = Zygote(config.limits)
    try:
        program = Program(zygote, config.limits, cells)
    except SandboxError:
        return {}
    namespace = program.namespace()
    _carry_errors_forward(config, zygote, cells)
    _judge_questions_apart(program)
    # Only names that the stage asks for: no function of a student's may shadow one that Otter uses here.
    return {name: namespace[name] for name in [*config.questions, *config.given] if name in namespace}


def _carry_errors_forward(config: Config, zygote: Zygote, cells: list[str]) -> None:
    """Make Otter's test files run a question that fails once more with the others right, and keep the better."""
    reference: dict[str, Any] = {}
    exec(compile(config.reference, "<reference>", "exec"), reference)
    right = {name: reference[name] for name in config.questions}
    run_as_written = ExceptionTestFile.run

    def run(self: Any, global_environment: Any) -> None:
        run_as_written(self, global_environment)
        others = carry.others(right, self.name)
        if self.passed_all or self.name not in right or not carry.uses_any(cells, set(others)):
            return
        as_written, score = self.test_case_results, self.score
        try:
            with Program(zygote, config.limits, cells, others) as program:
                run_as_written(self, program.namespace())
        except SandboxError:
            self.test_case_results = as_written
            return
        if self.score < score:
            self.test_case_results = as_written

    ExceptionTestFile.run = run


def _judge_questions_apart(program: Program) -> None:
    """Give each test file a fresh sandbox, and let it run its public cases first.

    Students read the messages of those, which must not tell what the code saw in hidden ones.
    """
    run_in_any = ExceptionTestFile.run

    def run(self: Any, global_environment: Any) -> None:
        self.test_cases.sort(key=lambda case: case.hidden)
        program.forget()
        run_in_any(self, global_environment)

    ExceptionTestFile.run = run


def _clear(folder: Path, kept: Set[str]) -> None:
    """Empty Otter's submission folder, and only that: its neighbours tell whether this is one.

    Hidden cases and the reference are in it and beside it: from here on only this user may go in.
    """
    if not all((folder.parent / name).is_dir() for name in ("source", "results")):
        return
    for name in ("source", "submission", "results"):
        with contextlib.suppress(OSError):
            (folder.parent / name).chmod(0o700)
    for path in folder.iterdir():
        if path.name in kept:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
