"""What a top-level statement binds, and what its functions read, read off the code, which is not run."""

import ast
import copy
import functools
import hashlib
import symtable
import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from capas.grading.pure import HARMLESS_MODULES, PURE_OF, REACHES_ALL, REFUSED_ATTRIBUTES
from capas.sandbox.statements import first_line, names_bound

FUNCTION, CONSTANT, OTHER = "function", "constant", "other"
"""Kinds of what is bound, besides the names of modules in `PURE_OF`."""
MAX_CELL = 50_000
_NOT_READABLE = (SyntaxError, ValueError, RecursionError, MemoryError)
_REFUSED = (ast.ClassDef, ast.AsyncFunctionDef, ast.Import, ast.ImportFrom, ast.Global, ast.Match)
# One that is not run to its end may leave NumPy's error handling changed, or keep what is large.
_STOPS_HALFWAY = (ast.Yield, ast.YieldFrom, ast.Await)
_IN_ANNOTATIONS = (ast.Name, ast.Attribute, ast.Subscript, ast.Constant, ast.Tuple, ast.List, ast.BinOp)
_ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div)


class KeepsStateError(Exception):
    """The program may keep state."""


class Reads(NamedTuple):
    """What a function reads from outside itself, and which of it ``whole``, not for an attribute.

    ``attributes`` are the others: a name, and its attribute with the attribute of that, if there is one, behind a dot.
    """

    names: frozenset[str]
    whole: frozenset[str]
    attributes: frozenset[tuple[str, str]]


class Bound(NamedTuple):
    """A name that a statement binds, what it is, what it reads where it is a function, and the statement's code."""

    name: str
    kind: str
    reads: Reads | None = None
    code: str = ""


class Statements(NamedTuple):
    """What statements bind; and the part of them that decides what is there once they have run.

    That part is None where a statement does more than bind functions, constants and modules, so that another's
    functions may find something changed.
    """

    bound: Sequence[Bound]
    loading: str | None


@functools.lru_cache(maxsize=256)  # most cells of a class are the same, and so are most statements
def statements_in(cell: str) -> Statements | None:
    """Return what a cell's statements bind; None where one may keep state, or let functions keep it."""
    if len(cell) > MAX_CELL:
        return None
    try:
        nodes = ast.parse(cell).body
    except _NOT_READABLE:
        return None
    lines = cell.splitlines(keepends=True)
    if len(nodes) == 1 or len(lines) != cell.count("\n") + (not cell.endswith("\n")):
        return _statements(cell)  # there are other ends of lines, which Python may count otherwise
    found: list[Statements] = []
    for node in nodes:
        statements = _statements("".join(lines[first_line(node) - 1 : node.end_lineno]))
        if statements is None:
            return None
        found.append(statements)
    return joined(found)


def joined(parts: Sequence[Statements]) -> Statements:
    """Return what several pieces of code bind, one after the other."""
    loading = [one.loading for one in parts if one.loading is not None]
    together = "\n".join(loading) if len(loading) == len(parts) else None
    return Statements([bound for one in parts for bound in one.bound], together)


@functools.lru_cache(maxsize=1024)
def _statements(source: str) -> Statements | None:
    try:
        tree = ast.parse(source)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(source, "statement", "exec", dont_inherit=True)  # some errors are found only here
            tables = {
                (table.get_name(), table.get_lineno()): table
                for table in symtable.symtable(source, "statement", "exec").get_children()
            }
        return joined([_of_node(node, tables) for node in tree.body])
    except (*_NOT_READABLE, KeepsStateError):
        return None


def _of_node(node: ast.stmt, tables: Mapping[tuple[str, int], symtable.SymbolTable]) -> Statements:
    """Return what a top-level statement binds.

    Raises:
        KeepsStateError: where it may keep state, or let functions keep it.
    """
    _refuse_reaching_all(node)
    if isinstance(node, ast.FunctionDef) and (node.name, node.lineno) in tables:
        reads = _reads(node, tables[node.name, node.lineno])
        bound = Bound(node.name, FUNCTION, reads, _code(node))
        return Statements([bound], _signature(node))
    if isinstance(node, ast.Import | ast.ImportFrom):
        code = _code(node)
        loading = code if _is_harmless_import(node) else None
        return Statements([Bound(name, kind, None, code) for name, kind in _imported(node)], loading)
    value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
    names, code = names_bound(node), _code(node)
    if value is not None and _is_constant(value):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]  # type: ignore[union-attr]
        is_plain = isinstance(node, ast.Assign) or _is_harmless(node.annotation)  # type: ignore[union-attr]
        is_plain &= all(map(_is_name, targets))  # an item may be of what others read, too
        return Statements([Bound(name, CONSTANT, None, code) for name in names], code if is_plain else None)
    does_nothing = isinstance(node, ast.Pass) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    return Statements([Bound(name, OTHER, None, code) for name in names], "" if does_nothing else None)


def _imported(node: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, str]]:
    """Yield the names that an import binds, each with its kind."""
    for alias in node.names:
        if isinstance(node, ast.Import):
            known = alias.name in PURE_OF and "." not in alias.name
            yield alias.asname or alias.name.partition(".")[0], alias.name if known else OTHER
        else:
            module = "" if node.level else node.module or ""
            is_pure = alias.name in PURE_OF.get(module, ())
            yield alias.asname or alias.name, CONSTANT if is_pure else OTHER


def _is_harmless_import(node: ast.Import | ast.ImportFrom) -> bool:
    """Tell whether an import does nothing but bind names: a name of a package may be a module of any kind."""
    if isinstance(node, ast.Import):
        return all(alias.name in HARMLESS_MODULES for alias in node.names)
    module = "" if node.level else node.module or ""
    return all(
        alias.name in PURE_OF.get(module, ()) or f"{module}.{alias.name}" in HARMLESS_MODULES for alias in node.names
    )


def _refuse_reaching_all(node: ast.stmt) -> None:
    for inner in _nodes(node):
        if isinstance(inner, ast.Attribute):
            is_refused = inner.attr.startswith("_") or inner.attr in REFUSED_ATTRIBUTES
            if is_refused or not isinstance(inner.ctx, ast.Load):
                raise KeepsStateError
        elif isinstance(inner, ast.Name):
            if inner.id in REACHES_ALL:
                raise KeepsStateError
        elif isinstance(inner, ast.ImportFrom) and inner.names[0].name == "*":
            raise KeepsStateError


def _reads(function: ast.FunctionDef, table: symtable.SymbolTable) -> Reads:
    nodes = list(_nodes(function))
    for inner in nodes:
        if isinstance(inner, (*_REFUSED, *_STOPS_HALFWAY)):
            raise KeepsStateError
        if isinstance(inner, ast.FunctionDef | ast.Lambda):
            defaults = [*inner.args.defaults, *(one for one in inner.args.kw_defaults if one is not None)]
            if getattr(inner, "decorator_list", []) or not all(map(_is_constant, defaults)):
                raise KeepsStateError
    names = frozenset(_global_names(table))
    found = [inner for inner in nodes if isinstance(inner, ast.Attribute)]
    next_ones = {id(inner.value): f".{inner.attr}" for inner in found}
    seeded = {id(random) for random in _seeded_generators(nodes)}
    bases, attributes = set[int](), set[tuple[str, str]]()
    for inner in found:
        if isinstance(inner.value, ast.Name):
            bases.add(id(inner.value))
            if id(inner) not in seeded:
                attributes.add((inner.value.id, inner.attr + next_ones.get(id(inner), "")))
    whole = {inner.id for inner in nodes if isinstance(inner, ast.Name) and id(inner) not in bases}
    return Reads(names, names & whole, frozenset(attributes))


def _nodes(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a node and all below it, save those that say how a name is used."""
    waiting = [node]
    while waiting:
        present = waiting.pop()
        yield present
        for value in vars(present).values():
            if type(value) is list:
                waiting += [one for one in value if isinstance(one, ast.AST)]
            elif isinstance(value, ast.AST) and not isinstance(value, (ast.expr_context, ast.operator)):
                waiting.append(value)


def _seeded_generators(nodes: Sequence[ast.AST]) -> Iterator[ast.expr]:
    """Yield ``np.random`` wherever a function makes a generator of random numbers of its own, from a seed."""
    for inner in nodes:
        if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute) and (inner.args or inner.keywords):
            random = inner.func.value
            if inner.func.attr == "default_rng" and isinstance(random, ast.Attribute) and random.attr == "random":
                yield random


def _global_names(table: symtable.SymbolTable) -> Iterator[str]:
    for symbol in table.get_symbols():
        if symbol.is_global():
            yield symbol.get_name()
    for inner in table.get_children():
        yield from _global_names(inner)


def _is_constant(node: ast.expr) -> bool:
    """Tell whether a value is written down, small, and nobody can change it."""
    if isinstance(node, ast.Tuple):
        return all(map(_is_constant, node.elts))
    if isinstance(node, ast.UnaryOp):
        return _is_number(node.operand)
    if isinstance(node, ast.BinOp):
        return _is_number(node)
    return isinstance(node, ast.Constant)


def _is_number(node: ast.expr) -> bool:
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, _ARITHMETIC) and _is_number(node.left) and _is_number(node.right)
    if isinstance(node, ast.UnaryOp):
        return _is_number(node.operand)
    return isinstance(node, ast.Constant) and isinstance(node.value, int | float | complex)


def _is_name(target: ast.expr) -> bool:
    return isinstance(target, ast.Name) or (isinstance(target, ast.Tuple) and all(map(_is_name, target.elts)))


def _is_harmless(annotation: ast.expr) -> bool:
    """Tell whether an annotation computes nothing."""
    return all(isinstance(node, (*_IN_ANNOTATIONS, ast.expr_context, ast.operator)) for node in ast.walk(annotation))


def _signature(function: ast.FunctionDef) -> str | None:
    """Return what of a definition is computed when it is run, None where that is more than a function."""
    arguments = function.args
    each = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    annotations = [one.annotation for one in each if one is not None and one.annotation is not None]
    annotations += [function.returns] if function.returns is not None else []
    if getattr(function, "type_params", []) or not all(map(_is_harmless, annotations)):
        return None
    return f"def {function.name}{ast.dump(arguments)}{ast.dump(function.returns) if function.returns else None}"


def _code(node: ast.stmt) -> str:
    """Return what two statements have in common that do the same, whatever their comments and their places."""
    body: list[ast.stmt] = getattr(node, "body", [])
    if isinstance(node, ast.FunctionDef) and len(body) > 1 and ast.get_docstring(node, clean=False) is not None:
        node = copy.copy(node)
        node.body = body[1:]
    return hashlib.sha256(ast.dump(node).encode("utf-8", "surrogatepass")).hexdigest()
