"""What each statement of a module binds and reads at the module's level, as Python's own symbol tables say."""

import ast
import symtable
from collections.abc import Iterator
from typing import Literal

import msgspec

Kind = Literal["import", "definition", "assignment", "effect", "nothing"]


class Statement(msgspec.Struct, frozen=True):
    """One statement of a module.

    ``effect`` is every statement that may change something besides binding names once: a loop, a condition, a `try`,
    a call, an assignment to an item, `+=`, `del`. ``nothing`` are docstrings and `pass`.
    """

    node: ast.stmt
    kind: Kind
    binds: frozenset[str]
    reads: frozenset[str]
    """Names of the module, or built in, that it reads when it runs or when what it defines is called."""
    shadowed_in_class: frozenset[str]
    """Names that a class body in it both reads and binds: they are looked up past every enclosing function."""


def statements_of(module: ast.Module) -> list[Statement]:
    """Return the statements of a module, in order."""
    return [scan(node) for node in module.body]


def scan(node: ast.stmt) -> Statement:
    """Return what one statement, standing at a module's level, binds and reads."""
    table = symtable.symtable(ast.unparse(node), "statement", "exec")
    own = table.get_symbols()
    inner = list(_descendants(table))
    reads = {symbol.get_name() for symbol in own if symbol.is_referenced()}
    reads |= {symbol.get_name() for scope in inner for symbol in scope.get_symbols() if symbol.is_global()}
    shadowed = {
        symbol.get_name()
        for scope in inner
        if scope.get_type() == "class"
        for symbol in scope.get_symbols()
        if symbol.is_assigned() and symbol.is_referenced()
    }
    binds = {symbol.get_name() for symbol in own if symbol.is_assigned() or symbol.is_imported()}
    return Statement(node, _kind(node), frozenset(binds), frozenset(reads | shadowed), frozenset(shadowed))


def local_names(function: ast.FunctionDef) -> frozenset[str]:
    """Return the parameters and local variables of a function."""
    table = symtable.symtable(ast.unparse(function), "function", "exec")
    (scope,) = [child for child in table.get_children() if child.get_name() == function.name]
    return frozenset(symbol.get_name() for symbol in scope.get_symbols() if symbol.is_local() or symbol.is_parameter())


def data_names(statements: list[Statement]) -> frozenset[str]:
    """Return the names bound to values: by anything but imports and definitions."""
    return frozenset(name for one in statements if one.kind in ("assignment", "effect") for name in one.binds)


def reached(start: Statement, statements: list[Statement]) -> frozenset[str]:
    """Return all names that ``start`` binds or uses, directly or through what these are bound to."""
    names, size = start.binds | start.reads, -1
    while len(names) != size:
        size = len(names)
        names = names.union(*(one.reads for one in statements if one.binds & names))
    return names


def _kind(node: ast.stmt) -> Kind:
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return "import"
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return "definition"
    if isinstance(node, ast.Pass) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
        return "nothing"
    if isinstance(node, (ast.Assign, ast.AnnAssign)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if all(_is_names_only(target) for target in targets):
            return "assignment"
    return "effect"


def _is_names_only(target: ast.expr) -> bool:
    if isinstance(target, ast.Starred):
        return _is_names_only(target.value)
    if isinstance(target, (ast.Tuple, ast.List)):
        return all(_is_names_only(item) for item in target.elts)
    return isinstance(target, ast.Name)


def _descendants(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    for child in table.get_children():
        yield child
        yield from _descendants(child)
