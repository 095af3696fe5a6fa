"""Alternatives and mistakes as code: what stands for a question, and the reference with that in its place."""

import ast
from collections.abc import Sequence
from functools import lru_cache

from capas.course.question_kinds import Definition, Kind, definition_of

MARKS = ("alternative", "mistake")
SOLUTIONS_MODULE = "capas.course.solutions"
EXPECTED: dict[Kind, str] = {
    "function": "a function, under `def`",
    "class": "a class, under `class`",
    "variable": "a function without parameters, which returns the value of the variable",
}
"""What stands for a question of each kind."""


def is_marked(node: ast.stmt) -> bool:
    """Tell whether a statement is an alternative or a mistake: a definition under one of their decorators."""
    return isinstance(node, ast.FunctionDef | ast.ClassDef) and any(map(_is_mark, node.decorator_list))


def _is_mark(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return getattr(called, "attr", getattr(called, "id", "")) in MARKS


def stands_for(node: ast.stmt, kind: Kind) -> bool:
    """Tell whether a definition can stand for a question of a kind."""
    if kind == "class":
        return isinstance(node, ast.ClassDef)
    if not isinstance(node, ast.FunctionDef):
        return False
    return kind == "function" or not ast.unparse(node.args)


def replace_definition(reference: str, variants: str, identity: str, question: str) -> str:
    """Return ``reference`` with ``question`` replaced by what is called ``identity`` in the source ``variants``."""
    return ast.unparse(with_definition(ast.parse(reference), variants, identity, question))


def with_definition(module: ast.Module, variants: str, identity: str, question: str) -> ast.Module:
    """Return ``module`` with ``question`` replaced by what is called ``identity`` in the source ``variants``.

    What it uses of the imports and helpers of ``variants`` (undecorated definitions and assignments) comes along.
    """
    own = _parsed(variants)
    chosen = next(node for node in own.body if is_marked(node) and getattr(node, "name", "") == identity)
    helpers = [node for node in own.body if not (is_marked(node) or _is_of_the_course(node) or _is_text(node))]
    helpers = used_by(chosen, helpers)
    old = definition_of(module, question)
    kept = [node for node in module.body if node is not old and getattr(node, "name", None) != question]
    new = [ast.fix_missing_locations(node) for node in (*helpers, *_renamed(chosen, question, old))]
    # What stands below a class or a variable may use it at once; a function is used when all is there.
    place = len(kept) if old is None or isinstance(old, ast.FunctionDef) else _place_of(old, kept, module.body)
    return ast.Module([*kept[:place], *new, *kept[place:]], [])


@lru_cache(maxsize=4)
def _parsed(variants: str) -> ast.Module:
    """Return a file of variants, which is long and asked for once for each of them; its nodes are not changed."""
    return ast.parse(variants)


def used_by(chosen: ast.stmt, helpers: Sequence[ast.stmt]) -> list[ast.stmt]:
    """Return of ``helpers`` what ``chosen`` needs, in their order; statements that define nothing are always needed.

    A student imports what the answer uses: a library that only another variant needs would cost every one its loading.
    """
    names, before = set[str](), -1
    needed = [chosen, *(node for node in helpers if not _defines(node))]
    while len(names) > before:
        before = len(names)
        names = {inner.id for node in needed for inner in ast.walk(node) if isinstance(inner, ast.Name)}
        needed = [chosen, *(node for node in helpers if not _defines(node) or _defines(node) & names)]
    return [_only_used(node, names) for node in helpers if node in needed]


def _defines(node: ast.stmt) -> set[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return {node.name}
    return {name for inner in ast.walk(node) for name in _names_bound_by(inner)}


def _names_bound_by(node: ast.AST) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Import | ast.ImportFrom):
        return [bound for alias in node.names if (bound := _bound(alias)) != "*"]
    return [node.id] if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) else []


def _only_used(node: ast.stmt, names: set[str]) -> ast.stmt:
    if not isinstance(node, ast.Import | ast.ImportFrom):
        return node
    kept = [alias for alias in node.names if _bound(alias) in {*names, "*"}]
    return ast.Import(kept) if isinstance(node, ast.Import) else ast.ImportFrom(node.module, kept, node.level)


def _bound(alias: ast.alias) -> str:
    return alias.asname or alias.name.partition(".")[0]


def _place_of(old: Definition, kept: Sequence[ast.stmt], body: Sequence[ast.stmt]) -> int:
    before = [node for node in body[: body.index(old)] if node in kept]
    return len(before)


def _is_of_the_course(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module in ("reference", SOLUTIONS_MODULE)


def _renamed(node: ast.stmt, name: str, old: Definition | None) -> list[ast.stmt]:
    """Return a variant as it stands in the place of ``old``: under the question's name, without its mark."""
    copy = _under(ast.parse(ast.unparse(node)).body[0], name)
    if not isinstance(old, ast.Assign | ast.AnnAssign) or not isinstance(copy, ast.FunctionDef):
        return [copy]
    body = copy.body[1:] if ast.get_docstring(copy) is not None else copy.body
    if len(body) == 1 and isinstance(body[0], ast.Return) and body[0].value is not None:
        return [ast.Assign([ast.Name(name, ast.Store())], body[0].value)]
    value = ast.Call(ast.Name(name, ast.Load()), [], [])
    return [copy, ast.Assign([ast.Name(name, ast.Store())], value)]  # the function gives way to its value


def _under(node: ast.stmt, name: str) -> ast.stmt:
    assert isinstance(node, ast.FunctionDef | ast.ClassDef)
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name) and inner.id == node.name:
            inner.id = name
    node.decorator_list = [one for one in node.decorator_list if not _is_mark(one)]
    node.name = name
    return node


def _is_text(node: ast.stmt) -> bool:
    # A docstring of the variants' module is no docstring in the middle of another.
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
