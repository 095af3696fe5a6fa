"""The plugin in every `autograder.zip`: under Otter too, student code runs in a sandbox and the judge outside.

Otter calls ``before_execution`` with the submitted notebook and runs what it returns: a single cell that grades
the submission as `capas grade` does. Otter's test files then only hand out what came of it.
"""

import contextlib
import os
import shutil
from collections.abc import Set
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec
import nbformat
from otter.plugins import AbstractOtterPlugin
from otter.test_files.abstract_test import TestCaseResult
from otter.test_files.exception_test import ExceptionTestFile

from capas.course.data_files import beside_data
from capas.course.solutions import REFERENCE_MODULE
from capas.files import UserError
from capas.grading.cases import load_test_file, public_first, refuse_broken_cases
from capas.grading.grader import Grader
from capas.grading.otter_files import FAILED, PASSED
from capas.grading.result import Result
from capas.sandbox import StageLimits, Zygote, hide_from_others
from capas.submission import (
    NOTHING_SOUGHT,
    DiskFile,
    FileGroup,
    Sought,
    Source,
    Submission,
    SubmissionFile,
    list_folder,
    read_submission,
)

KEPT = {"tests", "__init__.py"}
"""What Otter itself puts beside the submission."""

SUPPORT = Path("..", "source", "files")
"""From the submission's folder, that of the files which `autograder.zip` brings."""

# Otter runs the notebook in the kernel that it names, which may be one that only its author has.
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}


class Config(msgspec.Struct, forbid_unknown_fields=True):
    """What `capas build` writes into `otter_config.json` for the plugin."""

    stage: str
    language: str
    questions: list[str]
    """In the order of the stage, in which they are judged."""
    limits: StageLimits
    given: list[str] = []
    """Cells that run before the student's."""
    reference: str = ""
    """Source of the reference solution, for errors carried forward; it stays on this side of the sandbox."""
    sought: Sought = NOTHING_SOUGHT
    """What an answer is known by."""
    looked_at: dict[str, dict[str, str]] = {}
    """What each case of each question looks at."""


class SandboxPlugin(AbstractOtterPlugin):
    """Grades the submission as `capas grade` does, and lets Otter report it."""

    def before_grading(self, _config: Any) -> None:
        """Read what was handed in, then clear the folder: next, Otter would unpickle a log that lies in it."""
        path = Path(self.submission_path)
        sought = msgspec.convert(self.plugin_config, Config).sought
        self._read = read_submission(SubmissionFile("", path.name, _source(path)), sought)
        _clear(path.parent, KEPT | {path.name})

    def before_execution(self, _submission: nbformat.NotebookNode) -> nbformat.NotebookNode:
        """Return a notebook of one cell; the folder is cleared of what could shadow modules."""
        _clear(Path(self.submission_path).parent, KEPT)
        config = msgspec.json.encode(self.plugin_config).decode()
        submission = msgspec.json.encode(self._read).decode()
        enter = f"otter_plugin.enter({config!r}, {submission!r})"
        start = f"from capas.grading import otter_plugin\n{enter}"
        return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(start)], metadata=KERNEL)

    def after_grading(self, results: Any) -> None:
        """Let Otter say that grading failed where it did: its cells hold no student's code, and none may fail."""
        error = _first_error(results.notebook)
        if error:
            # Otter has no other way to say so from here.
            failed = vars(type(results).without_results(UserError(error)))
            vars(results).update(failed | {"notebook": results.notebook})


def _source(path: Path) -> Source:
    """Return where the submission at ``path`` is, with all that was handed in beside it."""
    folder = os.path.abspath(path.parent)
    # Otter copied them beside what was handed in.
    ours = set(list_folder(path.parent / SUPPORT)) - {path.name}
    names = [name for name in list_folder(path.parent) if PurePosixPath(name).parts[0] not in KEPT and name not in ours]
    # The one that Otter chose goes first.
    names.sort(key=lambda name: name != path.name)
    files = tuple((name, DiskFile(folder, name)) for name in names)
    return FileGroup(files) if len(files) > 1 else DiskFile(folder, path.name)


def _first_error(notebook: nbformat.NotebookNode) -> str:
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                return f"{output.ename}: {output.evalue}" if output.ename != "UserError" else output.evalue
    return ""


def enter(config_json: str, submission_json: str) -> None:
    """Grade a submission, and make Otter's test files hand out the result.

    Args:
        config_json: a `Config`.
        submission_json: a `Submission`, without its bytes.

    Raises:
        UserError: when a test file is missing, or a case is at fault.
        SandboxError: when no sandbox can be made.
    """
    ExceptionTestFile.run = _not_graded
    hide_from_others()
    grader = make_grader(config_json)
    _hand_out(grader.grade(msgspec.json.decode(submission_json, type=Submission)))


def make_grader(config_json: str) -> Grader:
    """Return a grader of the tests that are here; its zygote lives as long as this process, which is Otter's kernel."""
    config = msgspec.json.decode(config_json, type=Config)
    test_files = [load_test_file(Path("tests", f"{name}.py")) for name in config.questions]
    zygote = Zygote(config.limits)
    data = zygote.share({name: SUPPORT / name for name in config.sought.data})
    reference: dict[str, Any] = {"__name__": REFERENCE_MODULE}
    with beside_data(data.folder):
        exec(compile(config.reference, "<reference>", "exec"), reference)
        refuse_broken_cases(test_files, reference)
    return Grader(
        config.stage,
        test_files,
        config.limits,
        zygote,
        config.language,
        {name: reference[name] for name in config.questions},
        given=config.given,
        looked_at=config.looked_at,
        data=data,
    )


def _not_graded(self: Any, global_environment: Any) -> None:
    raise UserError(f"{self.path} cannot be run: the submission was not graded")


def _hand_out(result: Result) -> None:
    """Make Otter's test files take what came of their cases from ``result``."""
    questions = {question.name: question for question in result.questions}

    def run(self: Any, global_environment: Any) -> None:
        if self.name not in questions:
            raise UserError(f"{self.path}: the stage has no question `{self.name}`")
        public_first(self)
        self.test_case_results = [
            TestCaseResult(
                test_case=case,
                message=PASSED if judged.passed else FAILED + (judged.message or result.message),
                passed=judged.passed,
            )
            for case, judged in zip(self.test_cases, questions[self.name].cases, strict=True)
        ]

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
