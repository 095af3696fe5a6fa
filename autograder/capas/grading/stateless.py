"""Programs that keep no state: what they answer does not depend on what they were asked before.

That is read off the code, which is not run. Only functions that leave nothing behind count: they read constants, each
other, and what NumPy and `math` compute. Of a program with anything else in it nothing is said.

It makes no answer right or wrong. A failing question is not asked again by a fresh sandbox where it would be answered
the same, nor with earlier functions right that it does not use.
"""

import ast
import builtins
import functools
import symtable
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from capas.sandbox import ProgramSource
from capas.sandbox.statements import names_bound


def _is_exception(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Exception)


_BUILTINS = """
abs all any bool complex dict divmod enumerate filter float int isinstance len list map max min pow print range
reversed round set sorted str sum tuple zip
"""
_OF_NUMPY = """
all allclose amax amin any append arange argmax argmin argsort argwhere around array array_equal array_equiv
array_split asarray ascontiguousarray atleast_1d atleast_2d atleast_3d average bincount block bool_ broadcast_arrays
broadcast_to clip column_stack complex128 concatenate convolve copy count_nonzero cross cumprod cumsum delete diag
diagonal diff dot e einsum errstate expand_dims eye finfo flatnonzero flip fliplr flipud float16 float32 float64
floating full full_like generic gradient histogram hstack identity imag indices inf inner int16 int32 int64 int8
integer interp intp isclose iscomplex iscomplexobj isin isreal isrealobj isscalar kron linalg linspace max mean median
meshgrid min moveaxis nan nanmax nanmin nansum ndarray ndenumerate ndim ndindex newaxis nonzero number ones ones_like
outer percentile pi prod ptp quantile ravel ravel_multi_index real repeat reshape result_type roll rot90 round
searchsorted select shape size sort split squeeze stack std sum swapaxes take take_along_axis tensordot tile trace
transpose trapezoid tril triu uint8 unique unravel_index var vdot vstack where zeros zeros_like
"""
PURE_BUILTINS = frozenset(
    [*_BUILTINS.split(), *(kind.__name__ for kind in vars(builtins).values() if _is_exception(kind))]
)
PURE_OF_NUMPY = frozenset(
    [*_OF_NUMPY.split(), *(name for name, value in vars(np).items() if isinstance(value, np.ufunc))]
)
"""What leaves nothing behind, and gives the same for the same."""
REACHES_ALL = frozenset(
    ("__builtins__", "__import__", "compile", "delattr", "eval", "exec", "globals", "locals", "setattr", "vars")
)
PURE_MODULES = frozenset(["math", "itertools", "operator", "collections.abc"])
PURE_OF_MODULES = {"functools": ["reduce"], "typing": ["Any"], "numpy": PURE_OF_NUMPY - {"linalg"}}
FUNCTION, CONSTANT, NUMPY, MODULE, OTHER = "function", "constant", "numpy", "module", "other"
MAX_CELL = 50_000


class _KeepsStateError(Exception):
    """The program may keep state."""


class _Reads(NamedTuple):
    """What a function reads from outside itself; which of them ``whole``, not for an attribute; and such attributes."""

    names: frozenset[str]
    whole: frozenset[str]
    attributes: frozenset[tuple[str, str]]


class _Bound(NamedTuple):
    """A name that a statement binds, what it is, what it reads where it is a function, and the statement."""

    name: str
    kind: str
    reads: _Reads | None = None
    source: str = ""


class Stateless(NamedTuple):
    """A program that keeps no state: what each of its functions reads, itself or by way of others."""

    reached: Mapping[str, frozenset[str]]
    bound: Sequence[_Bound]
    others: frozenset[str]
    """Names of which nothing is known: such a one may be a function that was made elsewhere, and keep state."""

    def code_of(self, function: str, without: Collection[str]) -> str:
        """Return all code that decides what a function does, where the names ``without`` are given."""
        found, waiting = {function}, [function]
        while waiting:
            name = waiting.pop()
            read = {other for one in self.bound if one.name == name and one.reads for other in one.reads.names}
            waiting += read - found - set(without)
            found |= read - set(without)
        return "\n".join(f"{one.name}: {one.source}" for one in self.bound if one.name in found)


def stateless(source: ProgramSource, functions: Collection[str]) -> Stateless | None:
    """Return what is known of a program that keeps no state, with ``functions`` once loaded; None where it may."""
    known = None if source.files else _stateless((*source.given, *source.cells))
    return None if known is None or not known.others.isdisjoint(functions) else known


@functools.lru_cache(maxsize=2)  # asked for each question that fails
def _stateless(cells: tuple[str, ...]) -> Stateless | None:
    bound: list[_Bound] = []
    for cell in cells:
        found = _bound_by(cell)
        if found is None:
            return None
        bound += found
    kinds: dict[str, str] = {}
    for name, kind, *_ in bound:
        kinds[name] = kind if kinds.get(name, kind) == kind else OTHER
    if not all(_is_pure(one.reads, kinds) for one in bound if one.reads is not None):
        return None
    reads: dict[str, set[str]] = {}
    for one in bound:
        if one.reads is not None:
            reads.setdefault(one.name, set()).update(one.reads.names)
    others = frozenset(name for name, kind in kinds.items() if kind == OTHER)
    return Stateless({name: _closed(name, reads) for name in reads}, bound, others)


def _is_pure(reads: _Reads, kinds: Mapping[str, str]) -> bool:
    for name in reads.names:
        kind = kinds.get(name, CONSTANT if name in PURE_BUILTINS else OTHER)
        if kind == OTHER or (kind in (NUMPY, MODULE) and name in reads.whole):
            return False
        if kind == NUMPY and not all(one in PURE_OF_NUMPY for base, one in reads.attributes if base == name):
            return False
    return True


def _closed(name: str, reads: Mapping[str, set[str]]) -> frozenset[str]:
    found, waiting = set[str](), [name]
    while waiting:
        new = reads.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return frozenset(found)


@functools.lru_cache(maxsize=256)  # most cells of a class are the same, and so are most statements
def _bound_by(cell: str) -> Sequence[_Bound] | None:
    if len(cell) > MAX_CELL:
        return None
    try:
        statements = ast.parse(cell).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    lines = cell.splitlines(keepends=True)
    if len(statements) == 1 or len(lines) != cell.count("\n") + (not cell.endswith("\n")):
        return _bound_by_statement(cell)  # there are other ends of lines, which Python may count otherwise
    bound: list[_Bound] = []
    for node in statements:
        first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", []))])
        found = _bound_by_statement("".join(lines[first - 1 : node.end_lineno]))
        if found is None:
            return None
        bound += found
    return bound


@functools.lru_cache(maxsize=1024)
def _bound_by_statement(source: str) -> Sequence[_Bound] | None:
    """Return what a top-level statement binds; None where it may keep state, or let functions keep it."""
    try:
        tree = ast.parse(source)
        tables = {
            (table.get_name(), table.get_lineno()): table
            for table in symtable.symtable(source, "statement", "exec").get_children()
        }
        return [bound._replace(source=source) for node in tree.body for bound in _bound_by_node(node, tables)]
    except (SyntaxError, ValueError, RecursionError, MemoryError, _KeepsStateError):
        return None


def _bound_by_node(node: ast.stmt, tables: Mapping[tuple[str, int], symtable.SymbolTable]) -> Iterator[_Bound]:
    """Yield what a top-level statement binds.

    Raises:
        _KeepsStateError: where it may keep state, or let functions keep it.
    """
    _refuse_reaching_all(node)
    if isinstance(node, ast.FunctionDef) and (node.name, node.lineno) in tables:
        yield _Bound(node.name, FUNCTION, _reads(node, tables[node.name, node.lineno]))
    elif isinstance(node, ast.Import):
        for alias in node.names:
            kind = NUMPY if alias.name == "numpy" else MODULE if alias.name in PURE_MODULES else OTHER
            yield _Bound(alias.asname or alias.name.partition(".")[0], kind)
    elif isinstance(node, ast.ImportFrom):
        for alias in node.names:
            module = "" if node.level else node.module or ""
            is_pure = module in PURE_MODULES or alias.name in PURE_OF_MODULES.get(module, ())
            yield _Bound(alias.asname or alias.name, CONSTANT if is_pure else OTHER)
    else:
        value = node.value if isinstance(node, (ast.Assign, ast.AnnAssign)) else None
        kind = CONSTANT if value is not None and _is_constant(value) else OTHER
        yield from (_Bound(name, kind) for name in names_bound(node))


def _refuse_reaching_all(node: ast.stmt) -> None:
    for inner in _nodes(node):
        if isinstance(inner, ast.Attribute):
            if inner.attr.startswith("_") or not isinstance(inner.ctx, ast.Load):
                raise _KeepsStateError
        elif isinstance(inner, ast.Name):
            if inner.id in REACHES_ALL:
                raise _KeepsStateError
        elif isinstance(inner, ast.ImportFrom) and inner.names[0].name == "*":
            raise _KeepsStateError


def _reads(function: ast.FunctionDef, table: symtable.SymbolTable) -> _Reads:
    names = frozenset(_global_names(table))
    attributes: set[tuple[str, str]] = set()
    nodes = list(_nodes(function))
    bases: set[int] = set()
    seeded = {id(random) for random in _seeded_generators(nodes)}
    for inner in nodes:
        if isinstance(inner, (ast.ClassDef, ast.AsyncFunctionDef, ast.Import, ast.ImportFrom, ast.Global)):
            raise _KeepsStateError
        if isinstance(inner, (ast.FunctionDef, ast.Lambda)):
            defaults = [*inner.args.defaults, *(one for one in inner.args.kw_defaults if one is not None)]
            if getattr(inner, "decorator_list", []) or not all(map(_is_constant, defaults)):
                raise _KeepsStateError
        if isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Name):
            bases.add(id(inner.value))
            if id(inner) not in seeded:
                attributes.add((inner.value.id, inner.attr))
    whole = {inner.id for inner in nodes if isinstance(inner, ast.Name) and id(inner) not in bases}
    return _Reads(names, names & whole, frozenset(attributes))


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
    """Tell whether a value is written down, and nobody can change it."""
    if isinstance(node, ast.Tuple):
        return all(map(_is_constant, node.elts))
    if isinstance(node, ast.UnaryOp):
        return _is_constant(node.operand)
    if isinstance(node, ast.BinOp):
        return _is_constant(node.left) and _is_constant(node.right)
    return isinstance(node, ast.Constant)
