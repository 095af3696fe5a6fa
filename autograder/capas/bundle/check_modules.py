"""Which modules of `capas_check` students get: those that every check runs, and those that a stage's cases need."""

import ast
import contextlib
import functools
import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import capas_check
from capas.grading.cases import JudgeFile

PACKAGE = "capas_check"
ROOTS = ("__init__", "script", "zero")
"""What a notebook's first cell, `check.py` and an answer that is run from zero begin with."""


@functools.cache
def module_sources() -> dict[str, str]:
    """Return the source of every module of the package, by its name."""
    paths = sorted(Path(capas_check.__file__).parent.glob("*.py"))
    return {path.stem: path.read_text(encoding="utf-8") for path in paths}


@functools.cache
def core_modules() -> frozenset[str]:
    """Return the modules that students of every stage get."""
    return with_their_imports(ROOTS)


def needed_modules(tests: Iterable[str], loaded: Iterable[str], others: Iterable[str] = ()) -> frozenset[str]:
    """Return the modules that students of a stage get.

    Args:
        tests: the stage's public test files, as text.
        loaded: the modules that statements in them load by themselves.
        others: what else the stage needs.
    """
    imported = {module for test in tests for module, _ in imports_of(test) if module in module_sources()}
    return core_modules() | with_their_imports({*imported, *loaded, *others})


def with_their_imports(modules: Iterable[str]) -> frozenset[str]:
    """Return modules with all those that they import, anywhere in them, and so on."""
    found, waiting = set[str](), list(modules)
    while waiting:
        module = waiting.pop()
        if module not in found and module in module_sources():
            found.add(module)
            waiting += [other for other, _ in imports_of(module_sources()[module])]
    return frozenset(found)


def loaded_modules(test_files: Iterable[JudgeFile], reference: Mapping[str, Any]) -> set[str]:
    """Return the modules that statements in public cases load by themselves, as they do for the reference's results.

    What a judge takes for a table, students' checks do, too, whether or not a case wants one.
    """
    files = list(test_files)
    with contextlib.redirect_stdout(io.StringIO()):
        runs = [run for file in files for run in file.run_cases(file.public_cases, dict(reference))]
    tables = {"tables" for file in files if file.tables}
    return tables.union(module for run in runs for call in run.calls for module in call.modules)


def imports_of(source: str) -> Iterator[tuple[str, int]]:
    """Yield what a source imports of the package, modules and names in it, each with its line."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, (ast.Import, ast.ImportFrom)):
            continue
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif node.module == PACKAGE:
            names = [f"{PACKAGE}.{alias.name}" for alias in node.names]
        else:
            names = [] if node.level else [node.module or ""]
        for name in names:
            package, _, module = name.partition(".")
            if package == PACKAGE and module:
                yield module, node.lineno


def unknown_imports(source: str) -> Iterator[tuple[str, int]]:
    """Yield what a source imports of the package that is not there, each with its line."""
    for name, line in imports_of(source):
        if name not in module_sources() and not hasattr(capas_check, name):
            yield name, line
