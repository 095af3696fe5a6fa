"""Code whose names, comments, layout and order somebody changed."""

import ast
import builtins
import random

LIBRARIES = {"np", "math"}
"""Whose names nobody can change."""


class _Renaming(ast.NodeTransformer):
    """Gives other names to all that a source defines, but for what a stage asks for."""

    def __init__(self, names: dict[str, str]):
        self._names = names

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.Name(self._names.get(node.id, node.id), node.ctx)

    def visit_Attribute(self, node: ast.Attribute) -> ast.Attribute:
        self.generic_visit(node)
        if isinstance(node.value, ast.Name) and node.value.id in LIBRARIES:
            return node
        return ast.Attribute(node.value, self._names.get(f".{node.attr}", node.attr), node.ctx)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.ClassDef:
        for method in node.body:
            if isinstance(method, ast.FunctionDef):
                method.name = self._names.get(f".{method.name}", method.name)
        self.generic_visit(node)
        return node

    def visit_arg(self, node: ast.arg) -> ast.arg:
        return ast.arg(self._names.get(node.arg, node.arg))

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        if ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
        node.name = self._names.get(node.name, node.name)
        self.generic_visit(node)
        return node

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        return ast.Constant(node.value + 1) if type(node.value) is float else node


def disguised(source: str, kept: set[str], seed: int) -> str:
    """Return ``source`` with other names but for ``kept``, other floats, comments, lines and order of functions."""
    chooser = random.Random(seed)
    module = ast.parse(source)
    bound = {node.id for node in ast.walk(module) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    bound |= {node.arg for node in ast.walk(module) if isinstance(node, ast.arg)}
    methods = {
        inner.name
        for node in ast.walk(module)
        if isinstance(node, ast.ClassDef)
        for inner in node.body
        if isinstance(inner, ast.FunctionDef) and not inner.name.startswith("__")
    }
    bound |= {node.name for node in ast.walk(module) if isinstance(node, ast.FunctionDef)} - methods
    # What its own objects have is named behind a dot.
    own = {
        node.attr for node in ast.walk(module) if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
    }
    bound |= {f".{name}" for name in own | methods}
    names = {name: f"n{chooser.randrange(10**9)}" for name in sorted(bound - kept - set(dir(builtins)))}
    module = _Renaming(names).visit(module)
    pieces = [ast.unparse(ast.fix_missing_locations(node)) for node in module.body]
    chooser.shuffle(pieces)
    text = "\n\n\n".join(f"# part {chooser.random()}\n{piece}" for piece in pieces)
    lines = (line + chooser.choice(["", "   ", "  # so"]) for line in text.splitlines())
    return "\n".join(line.replace("    ", "\t") + chooser.choice(["", "\n"]) for line in lines)


def plain(source: str) -> str:
    """Return ``source`` as Python itself writes it: the same brackets as in what is disguised."""
    return ast.unparse(ast.parse(source))
