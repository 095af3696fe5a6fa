"""The kinds of question: its name stands in the reference for a function, a class, or a variable."""

import ast
from typing import Any, Literal

Kind = Literal["function", "class", "variable"]
Definition = ast.FunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign
"""What gives a name of the reference its meaning."""


def kind_of(value: Any) -> Kind:
    """Return the kind of question that a value of the reference is the answer to."""
    if isinstance(value, type):
        return "class"
    return "function" if callable(value) else "variable"


def definition_of(module: ast.Module, name: str) -> Definition | None:
    """Return the last definition of a name at the top of a module, None where it has none."""
    found: Definition | None = None
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found = node if node.name == name else found
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            found = node if variable_name(node) == name else found
    return found


def variable_name(node: ast.Assign | ast.AnnAssign) -> str:
    """Return the one variable that a statement gives a value, "" where it is none or several."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if node.value is not None else []
    return targets[0].id if len(targets) == 1 and isinstance(targets[0], ast.Name) else ""
