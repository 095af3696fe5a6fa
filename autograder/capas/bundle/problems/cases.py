"""Problems in test files: cases that cannot be cut out, two of one name, files that no question names."""

import ast
import difflib
import importlib
from collections.abc import Iterator
from pathlib import Path

from capas.bundle.alone import case_source
from capas.bundle.check_modules import PACKAGE, core_modules, module_sources, unknown_imports
from capas.bundle.problems.problem import Problem
from capas.bundle.problems.sentences import require_problems
from capas.course.model import Stage
from capas.course.text_files import parse_source, read_course_text
from capas.files import UserError
from capas.grading.cases import case_name
from capas.grading.stage import question_test_file

EXAMPLE = "@test_case(points=2)"


def case_problems(stage: Stage) -> list[Problem]:
    """Return the problems of the stage's test files."""
    problems = []
    names = {question.name for question in stage.questions}
    for path in sorted((stage.assignment / "tests").glob("*.py")):
        if path.stem not in names:
            problems.append(Problem("no question of assignment.toml has this name; rename or remove the file", path))
    for question in stage.questions:
        path = stage.test_file(question.name)
        try:
            text = read_course_text(path, "every question needs one test file of its name")
            unreadable = [*double_names(path, text), *_unknown_imports(path, text), *_undecorated(path, text, names)]
            problems += [*unreadable, *require_problems(path, text, stage.languages)]
            if unreadable:
                continue
            test_file = question_test_file(stage, question)
        except UserError as error:
            problems.append(Problem(str(error)))
            continue
        for case in test_file.test_cases:
            try:
                case_source(test_file.source, case_name(case), path)
            except UserError as error:
                problems.append(Problem(str(error)))
    return problems


def _undecorated(path: Path, text: str, questions: set[str]) -> list[Problem]:
    """Return a problem for each function that is meant as a case and is none, for want of a decorator."""
    problems, tree = [], parse_source(path, text)
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    for node in (one for one in tree.body if isinstance(one, ast.FunctionDef)):
        bare = [one for one in node.decorator_list if isinstance(one, ast.Name) and one.id == "test_case"]
        problems += [Problem(f"`@test_case` needs parentheses: {EXAMPLE}", path, one.lineno) for one in bare]
        parameters = {one.arg for one in node.args.args}
        if not node.decorator_list and node.name not in used and parameters & questions:
            told = f"nothing uses `{node.name}`; write {EXAMPLE} above it if it is a case, or remove it"
            problems.append(Problem(told, path, node.lineno))
    return problems


def _unknown_imports(path: Path, text: str) -> list[Problem]:
    """Return a problem for each import of a module of the checks that is not there."""
    parse_source(path, text)
    modules = ", ".join(sorted(module_sources().keys() - core_modules()))
    return [
        Problem(f"`capas_check` has no `{name}`; its modules for cases are: {modules}", path, line)
        for name, line in unknown_imports(text)
    ] + [Problem(told, path, line) for told, line in _unknown_names(text)]


def _unknown_names(text: str) -> Iterator[tuple[str, int]]:
    """Yield what is wrong with names that are imported from modules of the checks, each with its line."""
    for node in ast.walk(ast.parse(text)):
        package, _, module = (getattr(node, "module", "") or "").partition(".")
        if isinstance(node, ast.ImportFrom) and package == PACKAGE and module in module_sources():
            there = vars(importlib.import_module(f"{PACKAGE}.{module}"))
            for name in (alias.name for alias in node.names if alias.name not in there and alias.name != "*"):
                near = difflib.get_close_matches(name, [one for one in there if not one.startswith("_")], 1)
                meant = f"did you mean `{near[0]}`?" if near else "docs/write-a-stage.md says what there is"
                yield f"`{PACKAGE}.{module}` has no `{name}`; {meant}", node.lineno


def double_names(path: Path, text: str) -> list[Problem]:
    """Return a problem for each decorated function or class that has the name of one above it."""
    problems, seen = [], dict[str, int]()
    for node in parse_source(path, text).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.decorator_list:
            if node.name in seen:
                told = f"`{node.name}` is the name of another one too, in line {seen[node.name]}; rename one of them"
                problems.append(Problem(told, path, node.lineno))
            seen.setdefault(node.name, node.lineno)
    return problems
