"""Otter's own test-file classes, loaded without the rest of Otter.

Exception-based test files and their cases are two modules of Otter that need nothing else. Importing them as usual
also imports the package around them: Otter's notebook front, its older formats, IPython, nbformat and pandas (0.5 s,
and more packages than a browser's Python has). Here they are loaded without it, the same files from the same place.
"""

import functools
import importlib
import importlib.util
import sys
import tempfile
import types
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import chdir, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from capas.course.data_files import beside_data
from capas.grading.kept import KeptCalls, forget_frames
from capas_check import grader
from capas_check.grader import CaseRun
from capas_check.statements import calls_of_case, shared_calls

_PACKAGE = "otter.test_files"
PASSED = "✅ Test case passed"
FAILED = "❌ Test case failed\n"
"""What Otter says of a case that passed, and before the message of one that did not."""


@contextmanager
def otter_without_its_front() -> Iterator[None]:
    """Make what test files import of `otter.test_files` importable, always with the same classes.

    Before and afterwards `import otter` is that of everybody else, with classes of its own.

    Raises:
        ImportError: when Otter is not installed.
    """
    with _importable(_modules_that_judge()):
        yield


@functools.cache
def _modules_that_judge() -> dict[str, types.ModuleType]:
    """Return Otter's packages, by name, with the two modules that judge and nothing else."""
    spec = importlib.util.find_spec("otter")
    if spec is None or spec.submodule_search_locations is None:
        raise ImportError("Otter is not installed; run: pip install 'otter-grader>=7,<8'", name="otter")
    folder = Path(spec.submodule_search_locations[0])
    packages = {"otter": _bare_package("otter", folder), _PACKAGE: _bare_package(_PACKAGE, folder / "test_files")}
    names = [f"{_PACKAGE}.{name}" for name in ("abstract_test", "exception_test")]
    with _importable({**packages, **dict.fromkeys(names)}):
        cases, files = map(importlib.import_module, names)
    vars(packages[_PACKAGE]).update(
        test_case=files.test_case,
        TestCase=cases.TestCase,
        TestCaseResult=cases.TestCaseResult,
        TestFile=cases.TestFile,
    )
    return {**packages, names[0]: cases, names[1]: files}


def _bare_package(name: str, folder: Path) -> types.ModuleType:
    """Return a package whose modules are in ``folder``, without running what it imports by itself."""
    package = types.ModuleType(name)
    package.__path__ = [str(folder)]
    return package


@contextmanager
def _importable(modules: Mapping[str, types.ModuleType | None]) -> Iterator[None]:
    """Let imports find ``modules`` by their names, and those with None anew; afterwards what they found before."""
    before = {name: sys.modules.pop(name, None) for name in modules}
    sys.modules.update({name: module for name, module in modules.items() if module is not None})
    try:
        yield
    finally:
        for name, module in before.items():
            sys.modules.pop(name, None)
            if module is not None:
                sys.modules[name] = module


@dataclass(frozen=True)
class JudgedRun(CaseRun):
    """What came of running one of Otter's cases.

    ``at_fault`` says that the case itself broke, before it asked anything of the student's code.
    """

    at_fault: bool = False


def run_case(case: Any, environment: Any) -> JudgedRun:
    """Run one of Otter's cases on the names of ``environment``."""
    asked, calls = getattr(environment, "asked", None), KeptCalls()

    def run_on_names() -> None:
        calls_of_case.set(calls)
        case.body.call_func(environment)

    with warnings.catch_warnings():
        # Statements look at a function's warnings themselves. What a student has one say goes no further, and ends
        # nothing where warnings are errors.
        warnings.simplefilter("ignore")
        run = grader.run_case(run_on_names, {})
    # That a name has a function where a value was meant is seen without asking.
    may_be_the_cases = run.failure is not None and run.kind != "not_a_value"
    asked_before = any(getattr(call, "is_shared", False) for call in calls)  # for another case
    at_fault = may_be_the_cases and asked is not None and asked == environment.asked and not asked_before
    if asked is not None and not at_fault:
        forget_frames(run)
    return JudgedRun(case, run.failure, calls, run.measures, at_fault)


@contextmanager
def folder_of_its_own() -> Iterator[None]:
    """Let functions of ours run in an empty folder, with the data that is here: what they write there goes again."""
    here = Path.cwd()
    with tempfile.TemporaryDirectory(prefix="capas-run-", ignore_cleanup_errors=True) as folder:
        if (here / "data").is_dir():
            with suppress(OSError):  # of a system without links
                (Path(folder) / "data").symlink_to(here / "data")
        with chdir(folder):
            yield


@contextmanager
def sharing(calls: list[Any] | None = None) -> Iterator[None]:
    """Let cases share ``calls`` (see `capas_check.measures.once`); without them those of whoever does so around."""
    around = shared_calls.get()
    token = shared_calls.set(calls if calls is not None else around if around is not None else [])
    try:
        yield
    finally:
        shared_calls.reset(token)


def watched_test_file() -> type[Any]:
    """Return Otter's class of exception-based test files, watched case by case.

    It reads files, runs cases and counts points as Otter does. Besides, ``runs`` has a `JudgedRun` for each case.
    """
    with otter_without_its_front():
        from otter.test_files.abstract_test import TestCaseResult
        from otter.test_files.exception_test import ExceptionTestFile

    class WatchedTestFile(ExceptionTestFile):
        tables = draws = acts = bound = False
        folder = ""

        @property
        def public_cases(self) -> list[Any]:
            return [case for case in self.test_cases if not case.hidden]

        @property
        def hidden_cases(self) -> list[Any]:
            return [case for case in self.test_cases if case.hidden]

        def run_cases(self, cases: Sequence[Any], global_environment: Any) -> list[JudgedRun]:
            ours = self.acts and not hasattr(global_environment, "asked")
            shared = getattr(global_environment, "shared", None)
            with beside_data(self.folder), sharing(shared), folder_of_its_own() if ours else nullcontext():
                return [run_case(case, global_environment) for case in cases]

        def take(self, runs: list[JudgedRun]) -> None:
            # Told to this object only when all is done: a student may stop an endless loop at any moment.
            self.runs = runs
            self.test_case_results = [
                TestCaseResult(test_case=run.case, message=PASSED if run.passed else FAILED, passed=run.passed)
                for run in runs
            ]

        def run(self, global_environment: Any) -> None:
            self.take(self.run_cases(self.test_cases, global_environment))

    return WatchedTestFile
