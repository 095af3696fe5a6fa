"""Right answers as students write them by themselves: one idea, in the words of many."""

import ast
import random
from collections.abc import Callable, Sequence

from capas.course.model import Stage
from capas.course.solutions import Solutions

HOW_OFTEN = 0.35
"""How often somebody writes a place otherwise than the teacher."""
_METHODS = {"sum", "mean", "max", "min", "reshape", "dot", "argmax"}


def honest_class(stage: Stage, size: int, seed: int) -> dict[str, str]:
    """Return ``size`` submissions of the reference's ideas; one in five has one of the alternatives', nobody else's."""
    solutions, chooser = Solutions(stage), random.Random(seed)
    others = chooser.sample(solutions.alternatives, min(len(solutions.alternatives), size // 5))
    sources = [solutions.variant_source(other) for other in others]
    sources += [solutions.reference_source] * (size - len(sources))
    return {f"honest_{number:03d}": in_other_words(source, chooser) for number, source in enumerate(sources)}


def in_other_words(source: str, chooser: random.Random) -> str:
    """Return a source in which many places are written otherwise; it means the same, or nearly: nobody is perfect."""
    module = _Words(chooser).visit(ast.parse(source))
    for node in ast.walk(module):
        for name in ("body", "orelse"):
            statements = getattr(node, name, None)
            if isinstance(statements, list) and not isinstance(node, ast.Module):
                setattr(node, name, _other_statements(statements, chooser))
    return ast.unparse(ast.fix_missing_locations(module))


class _Words(ast.NodeTransformer):
    """Writes expressions otherwise: functions for methods, operands the other way round, squares as products."""

    def __init__(self, chooser: random.Random):
        self._chooser = chooser

    def _maybe(self) -> bool:
        return self._chooser.random() < HOW_OFTEN

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        self.generic_visit(node)
        if not self._maybe():
            return node
        if isinstance(node.op, ast.Mult):
            return ast.BinOp(node.right, node.op, node.left)
        if isinstance(node.op, ast.Add) and not isinstance(node.left, ast.Constant | ast.List | ast.JoinedStr):
            return ast.BinOp(node.left, node.op, node.right)
        if isinstance(node.op, ast.MatMult):
            return _numpy(self._chooser.choice(["dot", "matmul"]), [node.left, node.right])
        if isinstance(node.op, ast.Pow) and isinstance(node.right, ast.Constant) and node.right.value == 2:
            if self._maybe():
                return _numpy("square", [node.left])
            return ast.BinOp(node.left, ast.Mult(), node.left)
        if isinstance(node.op, ast.Sub | ast.Div) and self._maybe():
            return _numpy("subtract" if isinstance(node.op, ast.Sub) else "divide", [node.left, node.right])
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        function = node.func
        if isinstance(function, ast.Name) and function.id == "zip" and self._maybe():
            return ast.Call(function, node.args, [])
        if not isinstance(function, ast.Attribute) or not self._maybe():
            return node
        of_numpy = isinstance(function.value, ast.Name) and function.value.id == "np"
        if of_numpy and function.attr == "asarray":
            return self._array(node)
        if of_numpy and function.attr in _METHODS and node.args and not isinstance(node.args[0], ast.List):
            return ast.Call(ast.Attribute(node.args[0], function.attr), node.args[1:], node.keywords)
        if not of_numpy and function.attr in _METHODS:
            return ast.Call(_numpy(function.attr, []).func, [function.value, *node.args], node.keywords)
        return node

    def _array(self, node: ast.Call) -> ast.expr:
        if self._maybe() and node.keywords:
            return ast.Call(ast.Attribute(_numpy("array", node.args), "astype"), [ast.Name("float")], [])
        return ast.Call(_numpy(self._chooser.choice(["array", "asarray"]), []).func, node.args, node.keywords[:1])


def _numpy(name: str, arguments: Sequence[ast.expr]) -> ast.Call:
    return ast.Call(ast.Attribute(ast.Name("np"), name), list(arguments), [])


def _other_statements(statements: list[ast.stmt], chooser: random.Random) -> list[ast.stmt]:
    ways: list[Callable[[ast.stmt, random.Random], list[ast.stmt]]] = [
        _named_result,
        _loop_for_comprehension,
        _with_parts_named,
        _written_out,
        _checked,
    ]
    written: list[ast.stmt] = []
    for statement in statements:
        made = [statement]
        for way in ways:
            if chooser.random() < HOW_OFTEN:
                made = [*made[:-1], *way(made[-1], chooser)]
        written += made
    return written


def _named_result(statement: ast.stmt, chooser: random.Random) -> list[ast.stmt]:
    if not isinstance(statement, ast.Return) or statement.value is None or isinstance(statement.value, ast.Name):
        return [statement]
    name = _a_name(chooser)
    return [ast.Assign([ast.Name(name)], statement.value), ast.Return(ast.Name(name))]


def _loop_for_comprehension(statement: ast.stmt, chooser: random.Random) -> list[ast.stmt]:
    value = getattr(statement, "value", None)
    if (
        not isinstance(value, ast.ListComp)
        or len(value.generators) != 1
        or not isinstance(statement, ast.Return | ast.Assign)
    ):
        return [statement]
    name, (one,) = _a_name(chooser), value.generators
    body: list[ast.stmt] = [ast.Expr(ast.Call(ast.Attribute(ast.Name(name), "append"), [value.elt], []))]
    for condition in one.ifs:
        body = [ast.If(condition, body, [])]
    statement.value = ast.Name(name)
    return [ast.Assign([ast.Name(name)], ast.List([])), ast.For(one.target, one.iter, body, []), statement]


def _with_parts_named(statement: ast.stmt, chooser: random.Random) -> list[ast.stmt]:
    """Give an operand of a statement's value a name of its own."""
    value = getattr(statement, "value", None)
    if not isinstance(statement, ast.Return | ast.Assign) or not isinstance(value, ast.BinOp):
        return [statement]
    side = chooser.choice(["left", "right"])
    if isinstance(getattr(value, side), ast.Name | ast.Constant):
        return [statement]
    name = _a_name(chooser)
    part = ast.Assign([ast.Name(name)], getattr(value, side))
    setattr(value, side, ast.Name(name))
    return [part, statement]


def _written_out(statement: ast.stmt, chooser: random.Random) -> list[ast.stmt]:
    if isinstance(statement, ast.AugAssign):
        return [ast.Assign([statement.target], ast.BinOp(statement.target, statement.op, statement.value))]
    return [statement]


def _checked(statement: ast.stmt, chooser: random.Random) -> list[ast.stmt]:
    """Put something before a statement that helps somebody to think: the shape of what there is, a print."""
    if not isinstance(statement, ast.Assign) or not isinstance(statement.targets[0], ast.Name):
        return [statement]
    name = statement.targets[0].id
    seen = chooser.choice([f"print({name}.shape)", f"n = len({name})", f"assert {name} is not None", f"print({name})"])
    return [statement, *ast.parse(seen).body][:: chooser.choice([1, 1])]


def _a_name(chooser: random.Random) -> str:
    return chooser.choice(["result", "total", "values", "out", "r", "salida"])
