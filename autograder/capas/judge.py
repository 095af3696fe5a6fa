"""Otter's own test-file classes, with the two things that grading a class needs around them.

`otter.test_files` is all of Otter that judges. Importing it as usual also imports Otter's notebook front,
pandas and nbconvert (0.5 s); here it is loaded without them (0.1 s), the same files from the same place.
"""

import importlib.util
import sys
import types
from collections.abc import Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from capas.errors import UserError


@contextmanager
def _otter_without_its_front():
    if "otter" in sys.modules:
        yield
        return
    spec = importlib.util.find_spec("otter")
    if spec is None or spec.submodule_search_locations is None:
        raise UserError("Otter is not installed; run: pip install 'otter-grader>=7,<8'")
    package = types.ModuleType("otter")
    package.__path__ = list(spec.submodule_search_locations)
    sys.modules["otter"] = package
    try:
        yield
    finally:
        # A later `import otter` gets the whole of it, on top of what is loaded already.
        del sys.modules["otter"]


with _otter_without_its_front():
    from otter.test_files.abstract_test import TestCase
    from otter.test_files.exception_test import ExceptionTestFile, test_case

__all__ = ["JudgeFile", "TestCase", "load_test_file", "load_test_files", "test_case"]


class JudgeFile(ExceptionTestFile):
    """An Otter exception-based test file that remembers why a case failed, for messages without code."""

    failures: list[Exception]

    def run(self, global_environment: dict[str, Any]) -> None:
        """Run the cases as Otter does; ``failures`` has the exceptions of those that failed, in order."""
        self.failures = []
        super().run(global_environment)

    def _generate_error_message(self, excp: Exception, context: int = 0) -> str:
        self.failures.append(excp)
        return str(excp)


def load_test_file(path: Path) -> JudgeFile:
    """Read one test file.

    Raises:
        UserError: when Otter cannot read it, with the line where that is known.
    """
    try:
        source = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UserError(f"{path} does not exist; every question needs one test file of its name") from None
    return parse_test_file(source, path)


def parse_test_file(source: str, path: Path) -> JudgeFile:
    """Read a test file from its text; ``path`` is for messages.

    Raises:
        UserError: when Otter cannot read it.
    """
    try:
        with _otter_without_its_front():
            test_file = JudgeFile.from_string(source, path=str(path))
    except SyntaxError as error:
        raise UserError(f"{path}, line {error.lineno}: not valid Python: {error.msg}") from None
    except Exception as error:
        raise UserError(f"{path}: Otter cannot read it: {type(error).__name__}: {error}") from None
    assert isinstance(test_file, JudgeFile)
    return test_file


def load_test_files(paths: Sequence[Path]) -> list[JudgeFile]:
    """Read test files in the order given."""
    return [load_test_file(path) for path in paths]
