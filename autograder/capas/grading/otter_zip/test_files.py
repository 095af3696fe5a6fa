"""A bundle's test files, in both of Otter's formats: the cases, with the points that Otter gives them."""

import contextlib
import doctest
import io
from collections.abc import Sequence
from textwrap import dedent
from typing import Any, NamedTuple

from capas.files import UserError
from capas.grading.otter_files import otter_without_its_front
from capas.grading.otter_zip.reading import Read, read_by_examples, read_by_function


class OtterCase(NamedTuple):
    """One case: ``examples`` of a doctest, or the ``function`` of an exception-based file.

    ``reads`` are the names that it takes from the notebook, and what it does that only works beside it.
    """

    name: str
    hidden: bool
    points: float
    success_message: str
    failure_message: str
    examples: Sequence[doctest.Example]
    function: Any
    reads: Read


class OtterTest(NamedTuple):
    """One test file. ``stem`` is what checks call it, ``name`` what results do."""

    stem: str
    name: str
    cases: Sequence[OtterCase]
    all_or_nothing: bool

    @property
    def possible(self) -> float:
        """The points of all cases."""
        return sum(case.points for case in self.cases)

    def score(self, passed: Sequence[bool]) -> float:
        """Return the points of the cases that passed, as Otter counts them."""
        if self.all_or_nothing:
            return self.possible if all(passed) else 0.0
        return sum(case.points for case, good in zip(self.cases, passed, strict=True) if good)


def read_test(where: str, stem: str, data: bytes) -> OtterTest:
    """Read a test file, which is the teacher's and is run.

    Args:
        where: the file, for messages.
        stem: its name without ``.py``.
        data: its contents.

    Raises:
        UserError: when it cannot be compiled or run.
    """
    try:
        source = data.decode("utf-8-sig")
        code = compile(source, where, "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        line = f", line {error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
        raise UserError(f"{where}{line}: it does not compile: {getattr(error, 'msg', error)}") from None
    names: dict[str, Any] = {"__name__": stem}
    try:
        with otter_without_its_front(), contextlib.redirect_stdout(io.StringIO()):
            exec(code, names)
            test = (
                _doctest_file(stem, names) if names.get("OK_FORMAT", "test" in names) else _function_file(stem, names)
            )
    except ModuleNotFoundError as error:
        raise UserError(
            f"{where}: it imports `{error.name}`, which is not installed; run: pip install {error.name}"
        ) from None
    except UserError as error:
        raise UserError(f"{where}: {error}") from None
    except (Exception, SystemExit) as error:
        raise UserError(f"{where}: Otter could not read it: {type(error).__name__}: {error}") from None
    return test


def _doctest_file(stem: str, names: dict[str, Any]) -> OtterTest:
    spec = names.get("test")
    if not isinstance(spec, dict) or not isinstance(spec.get("name"), str):
        raise UserError("it defines no `test` with a name")
    suites = spec.get("suites") or []
    if len(suites) != 1 or suites[0].get("type", "doctest") != "doctest":
        raise UserError("it has not exactly one suite of doctests, as Otter wants")
    if suites[0].get("setup") or suites[0].get("teardown"):
        raise UserError("it has `setup` or `teardown`, which Otter does not run")
    cases = suites[0].get("cases") or []
    points = _points(spec.get("points"), [case.get("points") for case in cases])
    made = []
    for number, (case, worth) in enumerate(zip(cases, points, strict=True), 1):
        parsed = doctest.DocTestParser().parse(dedent(case["code"]), stem)
        examples = [one for one in parsed if isinstance(one, doctest.Example)]
        made.append(
            OtterCase(
                str(case.get("name", f"{spec['name']} - {number}")),
                bool(case.get("hidden", True)),
                worth,
                str(case.get("success_message") or ""),
                str(case.get("failure_message") or ""),
                examples,
                None,
                read_by_examples([one.source for one in examples]),
            )
        )
    return OtterTest(stem, spec["name"], made, bool(spec.get("all_or_nothing", False)))


def _function_file(stem: str, names: dict[str, Any]) -> OtterTest:
    from otter.test_files.exception_test import test_case

    if not isinstance(names.get("name"), str):
        raise UserError("it defines no `name`")
    found = [value for value in names.values() if isinstance(value, test_case)]
    points = _points(names.get("points"), [case.points for case in found])
    made = [
        OtterCase(
            case.name or f"{names['name']} - {number}",
            bool(case.hidden),
            worth,
            case.success_message or "",
            case.failure_message or "",
            (),
            case.test_func,
            read_by_function(case.test_func),
        )
        for number, (case, worth) in enumerate(zip(found, points, strict=True), 1)
    ]
    return OtterTest(stem, names["name"], made, bool(names.get("all_or_nothing", False)))


def _points(total: Any, own: Sequence[Any]) -> list[float]:
    """Return the points of each case by Otter's own rule, of those of the file and those of the cases."""
    from otter.test_files.abstract_test import TestCase, TestFile

    cases = [TestCase("", None, False, points, None, None) for points in own]
    return [float(case.points or 0.0) for case in TestFile.resolve_test_file_points(total, cases)]
