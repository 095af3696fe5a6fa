"""Otter's own test-file classes, loaded without the rest of Otter.

`otter.test_files` is all of Otter that judges. Importing it as usual also imports Otter's notebook front,
pandas and nbconvert (0.5 s, and more packages than a browser's Python has); here it is loaded without them,
the same files from the same place.
"""

import importlib.util
import sys
import types
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from capas.checks.calls import Call, traced


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


def watched_test_file() -> type[Any]:
    """Return Otter's class of exception-based test files, watched case by case.

    It runs cases and counts points as Otter does. Besides, ``failures`` has the exceptions of the cases that
    failed, in order, ``traces`` the calls of each case, and messages say what happened, not in
    which line of the test.
    """
    with otter_without_its_front():
        from otter.test_files.exception_test import ExceptionTestFile

    class WatchedTestFile(ExceptionTestFile):
        def run(self, global_environment: Any) -> None:
            self.failures: list[Exception] = []
            self.traces: list[list[Call]] = []
            cases, results = self.test_cases, []
            # One at a time, so that it is known which calls belong to which case.
            for case in cases:
                self.test_cases = [case]
                with traced() as calls:
                    super().run(global_environment)
                self.traces.append(calls)
                results += self.test_case_results
            self.test_cases, self.test_case_results = cases, results

        def _generate_error_message(self, excp: Exception, context: int = 0) -> str:
            self.failures.append(excp)
            # Nobody reads what a hidden case says, and writing it takes longer than the case.
            if self.test_cases[0].hidden:
                return ""
            return str(excp) if isinstance(excp, AssertionError) else f"{type(excp).__name__}: {excp}"

    return WatchedTestFile
