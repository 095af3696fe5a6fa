"""Cutting a cell into its top-level statements, those that do not parse among them."""

import ast
import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

# A sign that nobody sees, or a prompt, may stand before a definition.
_BINDS = re.compile(
    r"^[^\w\n#'\"]*(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)|^(\w+)[ \t]*(?::[^=\n]*)?=(?!=)", re.MULTILINE
)
_BEGINS_DEFINITION = re.compile(r"(?:async|class|def|from|import)\b|@")
_DOES_NOT_PARSE = (SyntaxError, ValueError, RecursionError, MemoryError)
_MAX_NAMES = 50


@dataclass(frozen=True, slots=True)
class Statement:
    """A top-level statement from its first to its last line, counted from 1.

    ``node`` is its syntax tree, None where it does not parse; ``error`` says why not. ``names`` are those it defines.
    """

    line: int
    end: int
    node: ast.stmt | None
    names: list[str] = field(default_factory=list)
    error: Exception | None = None


def statements_of(source: str) -> list[Statement]:
    """Return the top-level statements of ``source``, in order. What does not parse costs its own statement only."""
    try:
        return list(_sound(source, 0))
    except _DOES_NOT_PARSE as error:
        return _cut(source, error)


def _sound(source: str, before: int) -> Iterator[Statement]:
    """Yield the statements of a source that parses and has ``before`` lines before it.

    Raises:
        SyntaxError, ValueError, RecursionError, MemoryError: when it does not.
    """
    # Blank lines for those before it: what Python says of it has the lines of the cell, too.
    for node in ast.parse("\n" * before + source).body:
        yield Statement(first_line(node), node.end_lineno or node.lineno, node, names_bound(node))


def first_line(node: ast.stmt) -> int:
    """Return the line on which a statement begins: that of its first decorator, if it has one."""
    decorators = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def _cut(source: str, error: Exception) -> list[Statement]:
    """Cut a source that does not parse, with a parser that goes on after errors."""
    statements = [statement for piece in _pieces(source) for statement in _statements_in(*piece)]
    if not any(statement.error for statement in statements):
        # Each piece is right by itself, and yet the whole is not.
        statements.insert(0, Statement(getattr(error, "lineno", None) or 1, 0, None, [], error))
    return statements


def _statements_in(first: int, text: str) -> list[Statement]:
    """Return the statements of a piece; what does not parse is tried once more from each definition in it on.

    A quotation mark that is not closed takes all that follows it for text.
    """
    try:
        return list(_sound(text, first - 1))
    except _DOES_NOT_PARSE as error:
        parts = _parts_at_definitions(first, text)
        if len(parts) == 1:
            return [_broken(first, text, error)]
        return [statement for part in parts for statement in _statements_in(*part)]


def _parts_at_definitions(first: int, text: str) -> list[tuple[int, str]]:
    parts: list[tuple[int, str]] = []
    before = ""
    for number, line in enumerate(text.splitlines(keepends=True), first):
        if not parts or (_BEGINS_DEFINITION.match(line) and not before.startswith("@")):
            parts.append((number, line))
        else:
            parts[-1] = (parts[-1][0], parts[-1][1] + line)
        before = line
    return parts


def _broken(first: int, text: str, error: Exception) -> Statement:
    line = max(first, getattr(error, "lineno", None) or first)
    names = dict.fromkeys(name for pair in _BINDS.findall(text) for name in pair if name)
    return Statement(line, first + text.count("\n"), None, list(names)[:_MAX_NAMES], error)


def _pieces(source: str) -> Iterator[tuple[int, str]]:
    """Yield the first line and the text of each piece: a sound statement, or all lines between two such."""
    import parso  # only where it is needed: nearly all sources parse
    from parso.utils import split_lines

    lines = split_lines(source, keepends=True)
    try:
        children = parso.parse(source).children
    except RecursionError:
        yield 1, source
        return
    begin, was_sound = 1, True
    for child in children:
        line, column = child.start_pos
        sound = column == 0 and _is_sound(child)
        if line > begin and child.type != "endmarker" and (sound or was_sound):
            yield from _piece(lines, begin, line)
            begin = line
        was_sound = sound
    yield from _piece(lines, begin, len(lines) + 1)


def _piece(lines: list[str], first: int, end: int) -> Iterator[tuple[int, str]]:
    text = "".join(lines[first - 1 : end - 1])
    if text.strip():
        yield first, text


def _is_sound(node: object) -> bool:
    waiting = [node]
    while waiting:
        present = waiting.pop()
        if getattr(present, "type", "") in ("error_node", "error_leaf"):
            return False
        waiting += getattr(present, "children", ())
    return True


def names_bound(node: ast.stmt) -> list[str]:
    """Return the names that a statement binds at the top level, those inside functions and classes left aside."""
    names: dict[str, None] = {}
    waiting: list[ast.AST] = [node]
    while waiting:
        present = waiting.pop()
        if isinstance(present, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names[present.name] = None
        elif isinstance(present, (ast.Import, ast.ImportFrom)):
            names.update((alias.asname or alias.name.partition(".")[0], None) for alias in present.names)
        elif isinstance(present, ast.Name):
            if isinstance(present.ctx, (ast.Store, ast.Del)):
                names[present.id] = None
        elif not isinstance(present, (ast.Lambda, ast.GeneratorExp, ast.ListComp, ast.SetComp, ast.DictComp)):
            waiting += ast.iter_child_nodes(present)
    return list(names)[:_MAX_NAMES]


def is_definition(node: ast.stmt) -> bool:
    """Tell whether a statement only defines names: it counts even after one that failed."""
    if isinstance(node, (ast.If, ast.Try, ast.With)):
        blocks = [getattr(node, name, []) for name in ("body", "orelse", "finalbody")]
        blocks += [handler.body for handler in getattr(node, "handlers", [])]
        return all(isinstance(inner, ast.Pass) or is_definition(inner) for block in blocks for inner in block)
    return isinstance(node, (*_DEFINITIONS, ast.Assign, ast.AnnAssign))


def is_constant_or_definition(node: ast.stmt) -> bool:
    """Tell whether a statement defines a function, a class, an import or a plain value, and computes nothing."""
    if isinstance(node, (ast.Assign, ast.AnnAssign)):
        return not _computes(node)
    return isinstance(node, _DEFINITIONS)


def _computes(node: ast.AST) -> bool:
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub, ast.Mult, ast.Div)):
        # Of numbers that are written down, as in `1 / 255`: they cannot take long.
        return not all(isinstance(leaf, _NUMBERS) for leaf in ast.walk(node)) or any(
            isinstance(leaf, ast.Constant) and not isinstance(leaf.value, (int, float)) for leaf in ast.walk(node)
        )
    if isinstance(node, ast.Lambda):
        return False
    return isinstance(node, _COMPUTING) or any(_computes(inner) for inner in ast.iter_child_nodes(node))


_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
_COMPUTING = (ast.Call, ast.BinOp, ast.Await, ast.ListComp, ast.SetComp, ast.DictComp)
_NUMBERS = (ast.BinOp, ast.Constant, ast.Add, ast.Sub, ast.Mult, ast.Div)


def what_still_counts(node: ast.stmt) -> list[ast.stmt]:
    """Return what is run instead of a statement that failed.

    Of an import of several names that is each of them; of a function, the function without its annotations, which may
    name what nobody imported.
    """
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return _imports_one_by_one(node) if len(node.names) > 1 else []
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return _without_annotations(node)
    return []


def _imports_one_by_one(node: ast.Import | ast.ImportFrom) -> list[ast.stmt]:
    parts: list[ast.stmt] = []
    for alias in node.names:
        part = ast.Import([alias]) if isinstance(node, ast.Import) else ast.ImportFrom(node.module, [alias], node.level)
        parts.append(ast.copy_location(part, node))
    return parts


def _without_annotations(node: ast.stmt) -> list[ast.stmt]:
    bare, has_some = copy.deepcopy(node), False
    for inner in ast.walk(bare):
        name = "annotation" if isinstance(inner, ast.arg) else "returns"
        if getattr(inner, name, None) is not None:
            setattr(inner, name, None)
            has_some = True
    return [bare] if has_some else []
