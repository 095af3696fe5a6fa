"""Cutting a class out of the reference: as it stands there, without the types that its methods are annotated with."""

import ast
import copy
import io
import tokenize
from collections.abc import Sequence

Function = ast.FunctionDef | ast.AsyncFunctionDef


def class_lines(node: ast.ClassDef, lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the lines of a class before its docstring and after it.

    Args:
        node: the class, which has a docstring.
        lines: of the file that it is in.
    """
    begin = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    docstring = node.body[0]
    kept = list(lines)
    for method in reversed(methods_of(node)):
        if _is_annotated(method):
            _replace_header(kept, method)
    end = (node.end_lineno or node.lineno) - len(lines) + len(kept)
    return kept[begin - 1 : docstring.lineno - 1], kept[docstring.end_lineno : end]


def methods_of(node: ast.ClassDef) -> list[Function]:
    """Return the methods that stand in a class itself."""
    return [inner for inner in node.body if isinstance(inner, Function)]


def _is_annotated(method: Function) -> bool:
    return method.returns is not None or any(one.annotation is not None for one in _parameters(method))


def _parameters(method: Function) -> list[ast.arg]:
    arguments = method.args
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return [*named, *(one for one in (arguments.vararg, arguments.kwarg) if one)]


def _replace_header(lines: list[str], method: Function) -> None:
    """Put a method's header without types, on one line, in the place of its own."""
    row, column = _end_of_header("\n".join(lines[method.lineno - 1 :]))
    plain = copy.deepcopy(method)
    for one in _parameters(plain):
        one.annotation = None
    keyword = "async def" if isinstance(method, ast.AsyncFunctionDef) else "def"
    last = method.lineno - 1 + row
    rest = lines[last][column:]
    header = f"{' ' * method.col_offset}{keyword} {method.name}({ast.unparse(plain.args)}):{rest}"
    lines[method.lineno - 1 : last + 1] = [header]


def _end_of_header(text: str) -> tuple[int, int]:
    """Return the line, from 0, and the column after the colon that ends the header with which a text begins."""
    depth = 0
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        depth += (token.string in "([{") - (token.string in ")]}") if token.type == tokenize.OP else 0
        if token.type == tokenize.OP and token.string == ":" and depth == 0:
            return token.end[0] - 1, token.end[1]
    raise AssertionError("a function without a colon")
