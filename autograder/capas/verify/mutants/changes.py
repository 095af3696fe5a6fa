"""Every small change of one answer: operators, numbers, names, calls, indices, what is left out or swapped."""

import ast
from collections.abc import Iterable, Iterator

import msgspec

from capas.course.question_kinds import definition_of

OTHER_OPERATOR: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.MatMult: ast.Mult,
    ast.Pow: ast.Mult,
}
OTHER_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
OTHER_NAME = {
    "max": "min",
    "min": "max",
    "sum": "mean",
    "mean": "sum",
    "maximum": "minimum",
    "minimum": "maximum",
    "argmax": "argmin",
    "zeros": "ones",
    "ones": "zeros",
    "exp": "expm1",
    "normal": "uniform",
    "atleast_2d": "atleast_1d",
    "float": "int",
}

# Annotations compute nothing, and what an error says is not judged.
UNCHANGED_FIELDS = ("annotation", "returns", "decorator_list")
UNCHANGED_NODES = (ast.arg, ast.JoinedStr)

_Node = ast.expr | ast.stmt


class Mutant(msgspec.Struct, frozen=True):
    """The reference with one change in one answer: ``before`` → ``after``, which made ``statement``."""

    question: str
    line: int
    before: str
    after: str
    statement: str
    source: str


def make_mutants(reference: str, question: str) -> list[Mutant]:
    """Return every mutant of what defines ``question`` in the source ``reference``; no two are the same."""
    module = ast.parse(reference)
    defined = definition_of(module, question)
    assert defined is not None, f"{question} is not in the reference"
    inside = list(ast.walk(defined))
    names = [node.arg for node in inside if isinstance(node, ast.arg)]
    names += [node.id for node in inside if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
    seen = {ast.unparse(module)}
    mutants = []
    for statement, before, after in _changes(defined, defined, dict.fromkeys(names)):
        source = ast.unparse(module)
        if source not in seen:
            seen.add(source)
            made = f"without {_header(before)}" if isinstance(after, ast.Pass) else _header(statement)
            mutants.append(Mutant(question, before.lineno, _header(before), _header(after), made, source))
    return mutants


def _header(node: ast.AST) -> str:
    """Return a node as text; of a statement with a body, the first line."""
    return ast.unparse(node).partition("\n")[0]


def _changes(owner: ast.AST, statement: ast.stmt, names: Iterable[str]) -> Iterator[tuple[ast.stmt, _Node, _Node]]:
    """Make every change below ``owner`` in place, yield (changed statement, before, after), and undo it.

    Args:
        owner: a node of the answer.
        statement: the innermost statement around it.
        names: the arguments and variables in it.
    """
    for field, value in ast.iter_fields(owner):
        if field in UNCHANGED_FIELDS:
            continue
        places = list(enumerate(value)) if isinstance(value, list) else [(None, value)]
        for index, child in places:
            if not isinstance(child, ast.AST) or _is_text(child) or isinstance(child, UNCHANGED_NODES):
                continue
            if not isinstance(child, ast.expr | ast.stmt):
                yield from _changes(child, statement, names)
                continue
            for after in _replacements(child, names):
                # A statement that only names something is the statement left out, which comes anyway.
                if isinstance(owner, ast.Expr) and not isinstance(after, ast.Call):
                    continue
                _put(owner, field, index, after)
                yield (after if isinstance(after, ast.stmt) else statement), child, after
                _put(owner, field, index, child)
            if not _is_negative_number(child):
                yield from _changes(child, child if isinstance(child, ast.stmt) else statement, names)


def _put(owner: ast.AST, field: str, index: int | None, node: ast.AST) -> None:
    if index is None:
        setattr(owner, field, node)
    else:
        getattr(owner, field)[index] = node


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_negative_number(node: ast.AST) -> bool:
    return isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant)


def _replacements(node: _Node, names: Iterable[str]) -> Iterator[_Node]:
    """Yield what may stand in place of one node."""
    match node:
        case ast.Assign() | ast.AugAssign() | ast.Expr() | ast.Raise():
            yield ast.Pass()
        case ast.If(test, body, orelse):
            for other in (ast.UnaryOp(ast.Not(), test), ast.Constant(True), ast.Constant(False)):
                yield ast.If(other, body, orelse)
        case ast.UnaryOp(ast.USub(), ast.Constant(int() | float() as value)):
            yield from _other_numbers(-value)
        case ast.Constant(bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(int() | float() as value):
            yield from _other_numbers(value)
        case ast.Constant(str() as value):
            yield ast.Constant(f"{value}_")
        case ast.UnaryOp(_, operand):
            yield operand
        case ast.BinOp(left, op, right):
            yield ast.BinOp(left, OTHER_OPERATOR.get(type(op), ast.Add)(), right)
            yield from (left, right)
            if not isinstance(op, (ast.Add, ast.Mult)):
                yield ast.BinOp(right, op, left)
        case ast.BoolOp(op, values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
            yield from values
        case ast.Compare(left, ops, others):
            for index, op in enumerate(ops):
                for other in OTHER_COMPARISONS[type(op)]:
                    yield ast.Compare(left, [*ops[:index], other(), *ops[index + 1 :]], others)
        case ast.Call(function, arguments, keywords):
            yield from _other_calls(function, arguments, keywords)
        case ast.Name(name, ast.Load()) if name in OTHER_NAME:
            yield ast.Name(OTHER_NAME[name])
        case ast.Name(name, ast.Load()) if name in names:
            yield from (ast.Name(other) for other in names if other != name)
        case ast.Attribute(value, name):
            if name in OTHER_NAME:
                yield ast.Attribute(value, OTHER_NAME[name])
            if name == "T":
                yield value
        case ast.Subscript(value, index):
            yield value
            if not isinstance(index, ast.Slice):
                yield from (ast.Subscript(value, other) for other in _one_off(index))
        case ast.Slice(lower, upper, step):
            if lower:
                yield from (ast.Slice(other, upper, step) for other in (None, *_one_off(lower)))
            if upper:
                yield from (ast.Slice(lower, other, step) for other in (None, *_one_off(upper)))
        case ast.Tuple(items, ast.Load()):
            yield from (ast.Tuple(other, ast.Load()) for other in _neighbours_swapped(items))
        case ast.Dict(keys, values):
            yield from (ast.Dict(keys, other) for other in _neighbours_swapped(values))


def _other_numbers(value: float) -> Iterator[ast.expr]:
    if isinstance(value, int):
        others = {-value, value - 1, value + 1, 0, 1, 2}
    else:
        others = {-value, value / 2, value * 2, 0.0, 0.5, 1.0, 2.0}
    for other in sorted(others - {value}):
        yield ast.parse(repr(other), mode="eval").body


def _one_off(index: ast.expr) -> Iterator[ast.expr]:
    """Yield an index that is computed, one less and one more; constants are changed anyway."""
    if not isinstance(index, ast.Constant) and not _is_negative_number(index):
        yield ast.BinOp(index, ast.Sub(), ast.Constant(1))
        yield ast.BinOp(index, ast.Add(), ast.Constant(1))


def _neighbours_swapped(items: list[ast.expr]) -> Iterator[list[ast.expr]]:
    for index in range(len(items) - 1):
        yield [*items[:index], items[index + 1], items[index], *items[index + 2 :]]


def _other_calls(function: ast.expr, arguments: list[ast.expr], keywords: list[ast.keyword]) -> Iterator[ast.expr]:
    of_numpy = isinstance(function, ast.Attribute) and ast.unparse(function.value) == "np"
    if isinstance(function, ast.Attribute) and not of_numpy:
        yield function.value
    else:
        yield from arguments[:1]
    for other in _neighbours_swapped(arguments):
        yield ast.Call(function, other, keywords)
    for dropped in keywords:
        yield ast.Call(function, arguments, [keyword for keyword in keywords if keyword is not dropped])
    if ast.unparse(function) == "range":
        for last in _one_off(arguments[-1]):
            yield ast.Call(function, [*arguments[:-1], last], keywords)
        if len(arguments) == 1:
            yield ast.Call(function, [ast.Constant(1), *arguments], keywords)
