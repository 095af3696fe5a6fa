"""The code of one question in what was handed in, to be read; nothing is run."""

import ast
import re
from collections.abc import Sequence

from capas.course.question_kinds import variable_name
from capas.report.statistics import MAX_SOURCE_CHARACTERS

MAX_CODE_CHARACTERS = 3_000


def code_of(cells: Sequence[str], name: str) -> str:
    """Return what defines ``name`` last in ``cells``, shortened where it is long; "" where nothing does."""
    for cell in reversed(cells):
        if name in cell and len(cell) <= MAX_SOURCE_CHARACTERS and (code := _in_cell(cell, name)):
            return code if len(code) <= MAX_CODE_CHARACTERS else f"{code[:MAX_CODE_CHARACTERS]}\n…"
    return ""


def _in_cell(cell: str, name: str) -> str:
    try:
        nodes = ast.parse(cell).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        # Code that cannot be read is what somebody wants to see: the cell in which the name is defined.
        return cell.strip() if re.search(rf"^(def|class)\s+{re.escape(name)}\b", cell, re.MULTILINE) else ""
    lines = cell.splitlines()
    for node in reversed(nodes):
        if _defines(node) == name:
            decorators = getattr(node, "decorator_list", [])
            first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
            return "\n".join(lines[first - 1 : node.end_lineno])
    return ""


def _defines(node: ast.stmt) -> str:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return node.name
    return variable_name(node) if isinstance(node, ast.Assign | ast.AnnAssign) else ""
