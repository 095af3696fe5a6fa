"""Otter's own test-file classes, loaded without the rest of Otter.

`otter.test_files` is all of Otter that judges. Importing it as usual also imports Otter's notebook front,
pandas and nbconvert (0.5 s, and more packages than a browser's Python has); here it is loaded without them,
the same files from the same place.
"""

import importlib.util
import sys
import types
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from capas.grading.kept import KeptCalls, forget_frames
from capas_check import grader
from capas_check.grader import CaseRun
from capas_check.statements import calls_of_case

PASSED = "✅ Test case passed"
FAILED = "❌ Test case failed\n"
"""What Otter says of a case that passed, and before the message of one that did not."""


@contextmanager
def otter_without_its_front() -> Iterator[None]:
    """Make `otter.test_files` importable alone; afterwards `import otter` gives the whole of it as usual.

    Raises:
        ImportError: when Otter is not installed.
    """
    if "otter" in sys.modules:
        yield
        return
    spec = importlib.util.find_spec("otter")
    if spec is None or spec.submodule_search_locations is None:
        raise ImportError("Otter is not installed; run: pip install 'otter-grader>=7,<8'", name="otter")
    package = types.ModuleType("otter")
    package.__path__ = list(spec.submodule_search_locations)
    sys.modules["otter"] = package
    # Beside JupyterLab, a library of a library reads a grammar of web addresses for two seconds; none is needed.
    unneeded = {} if "rfc3987_syntax" in sys.modules else {"rfc3987_syntax": None}
    sys.modules.update(unneeded)  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in ("otter", *unneeded):
            del sys.modules[name]


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
    at_fault = run.failure is not None and asked is not None and asked == environment.asked
    if asked is not None and not at_fault:
        forget_frames(run)
    return JudgedRun(case, run.failure, calls, at_fault)


def watched_test_file() -> type[Any]:
    """Return Otter's class of exception-based test files, watched case by case.

    It reads files, runs cases and counts points as Otter does. Besides, ``runs`` has a `JudgedRun` for each case.
    """
    with otter_without_its_front():
        from otter.test_files.abstract_test import TestCaseResult
        from otter.test_files.exception_test import ExceptionTestFile

    class WatchedTestFile(ExceptionTestFile):
        @property
        def public_cases(self) -> list[Any]:
            return [case for case in self.test_cases if not case.hidden]

        @property
        def hidden_cases(self) -> list[Any]:
            return [case for case in self.test_cases if case.hidden]

        def run_cases(self, cases: Sequence[Any], global_environment: Any) -> list[JudgedRun]:
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
