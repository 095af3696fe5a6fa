"""Otter's own test-file classes, and reading test files with errors a teacher understands."""

import contextlib
import difflib
import io
import os
import re
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from capas.course.solutions import REFERENCE_MODULE
from capas.course.text_files import parse_source, read_course_text
from capas.files import UserError
from capas.grading.kept import LargeValue
from capas.grading.memoize import memoize_helpers
from capas.grading.otter_files import JudgedRun, otter_without_its_front, watched_test_file
from capas.sandbox.simplify import simplify
from capas.sandbox.wire import FunctionReference, ObjectReference, Reference, WireError, pack
from capas.texts import FALLBACK
from capas_check import Call, CheckFailure
from capas_check.output import Printed, Written
from capas_check.texts import load_texts
from capas_check.variables import Variable

if TYPE_CHECKING:
    from otter.test_files.exception_test import ExceptionTestFile

    class JudgeFile(ExceptionTestFile):
        """Otter's class of exception-based test files, see `capas.grading.otter_files.watched_test_file`."""

        runs: list[JudgedRun]
        tables: bool
        """Whether it works with tables of pandas."""
        draws: bool
        """Whether it looks at plots."""
        folder: str
        """Where its cases run, if there are data files there; "" for wherever the judge is."""
        acts: bool
        """Whether its functions do more than return, or draw numbers by chance."""
        bound: bool
        """Whether they do so where they run, and no other process can do it for them: write files, draw numbers."""
        public_cases: list[Any]
        hidden_cases: list[Any]

        def run_cases(self, cases: Sequence[Any], global_environment: Any) -> list[JudgedRun]:
            """Run ``cases``, some of its own, on names; `take` makes all runs together those of the file."""
            raise NotImplementedError

        def take(self, runs: list[JudgedRun]) -> None:
            """Be as if all cases had just been run, with ``runs`` as outcome, in the order of ``test_cases``."""

else:
    JudgeFile = watched_test_file()

_IMPORTS_ACTS = re.compile(r"^[ \t]*(?:import|from)[ \t]+capas_check\.(?:output|distributions)\b", re.MULTILINE)
_IMPORTS_BOUND = re.compile(
    r"^[ \t]*(?:import|from)[ \t]+capas_check\.(?:output\b.*\bwritten|distributions)\b", re.MULTILINE
)
LACKING = ("missing", "not_a_function", "not_a_value", "missing_member")
"""Kinds of failure that say that there is nothing of what a case asks for."""
NO_STATEMENTS = ("changed_arguments", "compare_numbers", "load")
"""Methods of a call that are there for its statements."""
_IMPORTS_PANDAS = re.compile(r"^[ \t]*(?:import|from)[ \t]+pandas\b", re.MULTILINE)

_IMPORTS_PLOTS = re.compile(r"^[ \t]*(?:import|from)[ \t]+capas_check\b.*\bplots\b", re.MULTILINE)


def load_test_file(path: Path) -> JudgeFile:
    """Read one test file.

    Raises:
        UserError: when Otter cannot read it, with the line where that is known.
    """
    source = read_course_text(path, "every question needs one test file of its name")
    parse_source(path, source)
    try:
        # A test file imports `otter.test_files` itself.
        with otter_without_its_front():
            test_file: JudgeFile = JudgeFile.from_string(source, path=str(path))  # type: ignore[assignment]
    except (Exception, SystemExit) as error:
        lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
        where = f"{path}, line {lines[-1]}" if lines else str(path)
        raise UserError(f"{where}: Otter cannot read it: {type(error).__name__}: {error}") from None
    test_file.acts = _IMPORTS_ACTS.search(source) is not None
    test_file.bound = _IMPORTS_BOUND.search(source) is not None
    test_file.tables = _IMPORTS_PANDAS.search(source) is not None
    test_file.draws = _IMPORTS_PLOTS.search(source) is not None
    if test_file.draws:  # the reference draws in this process, which has no screen
        os.environ["MPLBACKEND"] = "Agg"
    public_first(test_file)
    for case in test_file.test_cases[:1]:  # they share one namespace
        memoize_helpers(case.body.test_func.__globals__)
    return test_file


def refuse_broken_cases(test_files: Sequence[JudgeFile], reference: Mapping[str, Any]) -> None:
    """Run all cases on right functions: none may end with an error of its own, which would cost students points.

    Args:
        test_files: the cases.
        reference: the names of the reference solution.

    Raises:
        UserError: with file and line of the first case that breaks.
    """
    for test_file in test_files:
        with contextlib.redirect_stdout(io.StringIO()):
            test_file.run(dict(reference))
        for run in test_file.runs:
            if run.failure is not None and (run.kind == "exited" or not isinstance(run.failure, AssertionError)):
                raise _broken_case(test_file, run, run.failure, "with the reference too")
            if run.kind == "nothing_drawn":
                raise UserError(
                    f"{_place_of(test_file, run)} looks at a plot, and the reference's "
                    "function draws nothing; let it draw with plt, or return its axes"
                )
            if silent := _silent(run):
                raise UserError(f"{_place_of(test_file, run)} {silent}")
            if isinstance(run.failure, CheckFailure) and run.kind in LACKING:
                told = run.failure.sentence(load_texts(FALLBACK))
                raise UserError(f"{_place_of(test_file, run)} cannot pass with the reference: {told}")
            _refuse_values(test_file, run)


def _silent(run: JudgedRun) -> str:
    """Return what is wrong where a case looks at what is printed or written, and the reference does neither."""
    last = run.calls[-1] if run.calls else None
    with contextlib.suppress(CheckFailure):  # far too much of either
        if run.kind == "printed" and isinstance(last, Printed) and not last.output.strip():
            return "looks at what is printed, and the reference's function prints nothing; let it print"
        if run.kind == "written" and isinstance(last, Written) and not last.files:
            return "looks at files, and the reference's function writes none; let it write in the folder where it runs"
    return ""


def _refuse_values(test_file: JudgeFile, run: JudgedRun) -> None:
    """Refuse a case that gives the student's function, or wants of it, a value that cannot get into its sandbox."""
    for call in run.calls:
        result = f"`{call.text}` is" if isinstance(call, Variable) else "the function returns"
        values = {"the function is called with": [*call.arguments, *call.keywords.values()], result: [call.result]}
        for what, value in values.items():
            try:
                pack([simplify(one, tables=True) for one in value if not isinstance(one, LargeValue)], refer=_reference)
            except WireError as error:
                raise UserError(
                    f"{_place_of(test_file, run)}: {what} {error}, "
                    "which cannot be sent to or from the student's process; use numbers, text, bytes, dates, lists, "
                    "tuples, sets, dicts, arrays, or tables of pandas"
                ) from None


def _place_of(test_file: JudgeFile, run: JudgedRun) -> str:
    line = run.case.body.test_func.__code__.co_firstlineno
    return f"{test_file.path}, line {line}: case `{case_name(run.case)}`"


def _reference(value: Any) -> Reference | None:
    """Return what a function, or an object of the reference's classes, would travel as."""
    if callable(value):
        return FunctionReference(0)
    return ObjectReference(0) if type(value).__module__ == REFERENCE_MODULE else None


def refuse_cases_at_fault(test_file: JudgeFile, runs: Sequence[JudgedRun]) -> None:
    """Stop where a case broke before it asked anything of the student's code, who is not to pay.

    Args:
        test_file: where the cases are.
        runs: what came of running them.

    Raises:
        UserError: with file and line of the case.
    """
    for run in runs:
        if run.at_fault and run.failure is not None:
            raise _broken_case(test_file, run, run.failure, "before it calls the student's code")


def _broken_case(test_file: JudgeFile, run: JudgedRun, error: BaseException, when: str) -> UserError:
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == test_file.path]
    line = lines[-1] if lines else run.case.body.test_func.__code__.co_firstlineno
    said = "it ends the program" if run.kind == "exited" else _no_statement(error) or f"{type(error).__name__}: {error}"
    return UserError(f"{test_file.path}, line {line}: case `{case_name(run.case)}` breaks, {when}: {said}")


def _no_statement(error: BaseException) -> str:
    """Return what is said of a name that is no statement, with those that there are; "" of any other error."""
    if not isinstance(error, AttributeError) or not isinstance(error.obj, Call) or error.name is None:
        return ""
    kind = type(error.obj)
    names = [name for name in dir(kind) if not name.startswith("_") and callable(getattr(kind, name))]
    names = [name for name in names if name not in NO_STATEMENTS]
    near = difflib.get_close_matches(error.name, names, 1)
    meant = f"did you mean `{near[0]}`? " if near else ""
    there = f"no statement is called `{error.name}`; {meant}there are {', '.join(f'`{name}`' for name in names)}"
    return there + (f'; of an object, method(…, "{error.name}")' if hasattr(error.obj.result, error.name) else "")


def public_first(test_file: Any) -> None:
    """Let a test file run its public cases first.

    Students read their messages, which must not tell what the code saw in a hidden one.
    """
    test_file.test_cases.sort(key=lambda case: case.hidden)


def load_test_files(paths: Sequence[Path]) -> list[JudgeFile]:
    """Read test files in the order given."""
    return [load_test_file(path) for path in paths]


def case_name(case: Any) -> str:
    """Return the name of a case: that of its function, which says more than Otter's number."""
    return case.body.test_func.__name__


def case_function(case: Any) -> Callable[..., Any]:
    """Return the function of a case, which no other has."""
    return case.body.test_func


def case_parameters(case: Any) -> list[str]:
    """Return the names that a case takes from the student's namespace."""
    return [name for name in _parameters(case) if name != "env"]


def takes_all_names(case: Any) -> bool:
    """Tell whether a case takes the student's namespace as a whole."""
    return "env" in _parameters(case)


def _parameters(case: Any) -> Sequence[str]:
    code = case.body.test_func.__code__
    return code.co_varnames[: code.co_argcount]
