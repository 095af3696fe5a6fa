"""No alternative and no mistake of a question is another one, or the reference, with other names."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from capas.course.model import Course, Stage
from capas.course.solutions import Solutions


class _Renamer(ast.NodeTransformer):
    """Gives what a function calls its own, itself too, the names v0, v1, … in the order in which they appear."""

    def __init__(self, own: set[str]):
        self._own, self._names = own, dict[str, str]()

    def _renamed(self, name: str) -> str:
        return self._names.setdefault(name, f"v{len(self._names)}") if name in self._own else name

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.Name(self._renamed(node.id), node.ctx)

    def visit_arg(self, node: ast.arg) -> ast.arg:
        return ast.arg(self._renamed(node.arg))

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        node.name = self._renamed(node.name)
        node.decorator_list, node.returns = [], None
        if ast.get_docstring(node) is not None:
            node.body = node.body[1:]
        self.generic_visit(node)
        return node


def _own_names(function: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def without_names(source: str) -> str:
    """Return what a function of this source does, whatever it calls its variables."""
    (function,) = ast.parse(source).body
    assert isinstance(function, ast.FunctionDef)
    return ast.dump(_Renamer({*_own_names(function)}).visit(function))


def _functions_in(path: Path) -> dict[str, str]:
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return {node.name: ast.unparse(node) for node in body if isinstance(node, ast.FunctionDef)}


def variants_of(stage: Stage) -> Iterator[tuple[str, str, str]]:
    """Yield question, name and source of the reference's functions, the alternatives and the mistakes of a stage."""
    solutions = Solutions(stage)
    written = {
        name: _functions_in(stage.solutions / name) for name in ("reference.py", "alternatives.py", "mistakes.py")
    }
    for question in stage.questions:
        yield question.name, "reference", written["reference.py"][question.name]
    for variant in (*solutions.alternatives, *solutions.mistakes):
        name = "mistakes.py" if variant.is_mistake else "alternatives.py"
        yield variant.question, variant.id, written[name][variant.id]


def test_no_variant_is_another_one_with_other_names(course: Course) -> None:
    for stage in course.stages:
        seen = dict[tuple[str, str], str]()
        for question, name, source in variants_of(stage):
            other = seen.setdefault((question, without_names(source)), name)
            assert other is name, f"{stage.id} {question}: {name} is {other} with other names"


@pytest.mark.parametrize(
    ("source", "alike"),
    [
        ("def g(b):\n    '''Say.'''\n    c = np.exp(b)\n    return c / np.sum(c)", True),
        ("def g(b):\n    c = np.exp(b)\n    return c / np.sum(b)", False),
        ("def g(b):\n    c = np.exp2(b)\n    return c / np.sum(c)", False),
    ],
)
def test_what_is_alike_is_found(source: str, alike: bool) -> None:
    one = "def f(a):\n    total = np.exp(a)\n    return total / np.sum(total)"
    assert (without_names(one) == without_names(source)) is alike
