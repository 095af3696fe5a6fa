"""A bundle's test files, in both of Otter's formats: the cases, with the points that Otter gives them."""

import ast
import contextlib
import doctest
import io
import math
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence, Set
from pathlib import Path
from textwrap import dedent
from typing import Any, NamedTuple

from capas.files import UserError
from capas.grading.otter_files import otter_without_its_front
from capas.grading.otter_zip.reading import Read, read_by_examples, read_by_function


class OtterCase(NamedTuple):
    """One case: ``examples`` of a doctest, or the ``function`` of an exception-based file.

    ``reads`` are the names that it takes from the notebook, and what it does that only works beside it. ``beside`` is
    its source as it is entered there, statement by statement.
    """

    name: str
    hidden: bool
    points: float
    success_message: str
    failure_message: str
    examples: Sequence[doctest.Example]
    function: Any
    reads: Read
    beside: Sequence[str]


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


def read_test(where: str, stem: str, data: bytes, files: Mapping[str, bytes]) -> OtterTest:
    """Read a test file, which is the teacher's and is run.

    Args:
        where: the file, for messages.
        stem: its name without ``.py``.
        data: its contents.
        files: what lies beside the notebook, which it may import or open.

    Raises:
        UserError: when it cannot be compiled or run.
    """
    try:
        source = data.decode("utf-8-sig")
        code = compile(source, where, "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        line = f", line {error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
        raise UserError(f"{where}{line}: it does not compile: {getattr(error, 'msg', error)}") from None
    try:
        try:
            names = _run(stem, code, {})
        except Exception:
            if not files:
                raise
            names = _run(stem, code, files)
        with otter_without_its_front():
            if names.get("OK_FORMAT", "test" in names):
                return _doctest_file(stem, names)
            return _function_file(stem, names, source)
    except ModuleNotFoundError as error:
        raise UserError(
            f"{where}: it imports `{error.name}`, which is not installed; run: pip install {error.name}"
        ) from None
    except UserError as error:
        raise UserError(f"{where}: {error}") from None
    except (Exception, SystemExit) as error:
        raise UserError(f"{where}: Otter could not read it: {type(error).__name__}: {error}") from None


def _run(stem: str, code: Any, files: Mapping[str, bytes]) -> dict[str, Any]:
    """Return the names that a test file defines, run where ``files`` are."""
    names: dict[str, Any] = {"__name__": stem}
    with otter_without_its_front(), _in_a_folder_with(files), contextlib.redirect_stdout(io.StringIO()):
        exec(code, names)
    return names


@contextlib.contextmanager
def _in_a_folder_with(files: Mapping[str, bytes]) -> Iterator[None]:
    """Work in a folder with files, which may be imported; afterwards those that were are forgotten."""
    if not files:
        yield
        return
    before = set(sys.modules)
    with tempfile.TemporaryDirectory(prefix="capas-files-", ignore_cleanup_errors=True) as folder:
        for name, data in files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        sys.path.append(folder)
        try:
            with contextlib.chdir(folder):
                yield
        finally:
            sys.path.remove(folder)
            for name in set(sys.modules) - before:
                if (getattr(sys.modules[name], "__file__", None) or "").startswith(folder):
                    del sys.modules[name]


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
        sources = [one.source for one in examples]
        made.append(
            OtterCase(
                str(case.get("name", f"{spec['name']} - {number}")),
                bool(case.get("hidden", True)),
                worth,
                str(case.get("success_message") or ""),
                str(case.get("failure_message") or ""),
                examples,
                None,
                read_by_examples(sources),
                sources,
            )
        )
    return OtterTest(stem, spec["name"], made, bool(spec.get("all_or_nothing", False)))


def _function_file(stem: str, names: dict[str, Any], source: str) -> OtterTest:
    from otter.test_files.exception_test import test_case

    if not isinstance(names.get("name"), str):
        raise UserError("it defines no `name`")
    defined = {name: value for name, value in names.items() if isinstance(value, test_case)}
    found = list(defined.values())
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
            _entered(source, case.test_func, defined.keys()),
        )
        for number, (case, worth) in enumerate(zip(found, points, strict=True), 1)
    ]
    return OtterTest(stem, names["name"], made, bool(names.get("all_or_nothing", False)))


def _entered(source: str, function: Any, cases: Set[str]) -> list[str]:
    """Return what is to be entered beside a notebook to run a function of a test file: of ``cases`` it alone is there.

    Two statements: one defines what the file does, the other calls the function with the names that it asks for.
    """
    name, code = function.__name__, function.__code__
    parameters = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    tree = ast.parse(source)
    tree.body = [one for one in tree.body if getattr(one, "name", "") not in cases - {name}]
    for one in tree.body:
        if isinstance(one, ast.FunctionDef) and one.name == name:
            one.decorator_list = []
    given = [f"{one}=globals()" if one == "env" else f"{one}=globals().get({one!r})" for one in parameters]
    names = {"__name__": function.__module__}
    return [
        f"_capas_test = {names!r}; exec(compile({ast.unparse(tree)!r}, '<test>', 'exec'), _capas_test)",
        f"_capas_result = _capas_test[{name!r}]({', '.join(given)})",
    ]


def _points(total: Any, own: Sequence[Any]) -> list[float]:
    """Return the points of each case by Otter's own rule, of those of the file and those of the cases."""
    from otter.test_files.abstract_test import TestCase, TestFile

    cases = [TestCase("", None, False, points, None, None) for points in own]
    shared = [float(case.points or 0.0) for case in TestFile.resolve_test_file_points(total, cases)]
    if not all(map(math.isfinite, shared)):
        raise UserError("its points are no numbers that add up; give each case some")
    return shared
