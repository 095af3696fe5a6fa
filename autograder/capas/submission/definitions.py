"""Which names a source defines, and which of them only as the stub that was handed out. Nothing is run here.

Sources are looked at line by line: what one statement lacks to be Python hides no other.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from capas.submission.of_short_texts import remembered

_DEFINES = re.compile(
    r"(?:(?:async[ \t]+)?def|class)[ \t]+(?P<name>\w+)"
    r"|(?P<names>\w+(?:[ \t]*,[ \t]*\w+)*)[ \t]*(?::[^=\n]+)?=(?!=)"
    r"|from[ \t]+[\w.]+[ \t]+import[ \t]+(?P<imported>[^#\n]+)"
)
_GIVES = re.compile(r"(?:async[ \t]+)?def\b|class\b|from\b|\w+[ \t]*(?::[^=\n]+)?=(?!=)")
"""What gives a name a function, a class or a value."""
_HAS_BODY = re.compile(r"(?:async[ \t]+)?def\b|class\b")
_GOES_ON = re.compile(r"[ \t#)\]}]|$")


class Definitions(msgspec.Struct, frozen=True):
    """Names that a source defines: ``answered`` are those that are more than a stub somewhere, ``stubs`` the others."""

    answered: frozenset[str] = frozenset()
    stubs: frozenset[str] = frozenset()

    @property
    def names(self) -> frozenset[str]:
        """All names."""
        return self.answered | self.stubs


def definitions(sources: Iterable[str]) -> Definitions:
    """Return what ``sources``, run one after the other, define at their top level."""
    answered: set[str] = set()
    stubs: set[str] = set()
    for source in sources:
        for one in _statements(source):
            (stubs if _is_stub(one.text) else answered).update(one.names)
    return Definitions(frozenset(answered), frozenset(stubs - answered))


def without_stubs_below(sources: Sequence[str]) -> list[str]:
    """Return ``sources`` without the stubs that stand below an answer of the same name; lines keep their numbers.

    Who writes all answers into one cell often leaves the stubs that were handed out, which would undo them.
    """
    found = [
        (place, one) for place, source in enumerate(sources) for one in _statements(source) if _GIVES.match(one.text)
    ]
    times = Counter(name for _, one in found for name in one.names)
    kept, answered = list(sources), set[tuple[str, str]]()
    for place, one in found:
        if all(times[name] == 1 for name in one.names):
            continue
        if not _is_stub(one.text):
            answered.update(one.answers())
        elif answered.issuperset(one.answers()) and not one.is_decorated:
            lines = kept[place].splitlines(keepends=True)
            count = len(one.text.splitlines())
            lines[one.line : one.line + count] = ["\n"] * count
            kept[place] = "".join(lines)
    return kept


class _Statement(NamedTuple):
    """A statement that defines ``names``, with all its lines; ``line`` is the place of the first, from 0."""

    names: list[str]
    text: str
    line: int
    is_decorated: bool

    def answers(self) -> Iterator[tuple[str, str]]:
        """Yield what it may be the answer to: each name, as a value, or as a function or class."""
        is_import = self.text.startswith("from")
        for name in self.names:
            if is_import or not _HAS_BODY.match(self.text):
                yield name, "value"
            if is_import or _HAS_BODY.match(self.text):
                yield name, "definition"


@remembered
def _statements(source: str) -> list[_Statement]:
    """Return the statements that define names."""
    statements: list[_Statement] = []
    lines = source.splitlines(keepends=True)
    starts = [number for number, line in enumerate(lines) if not _GOES_ON.match(line)]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=False):
        match = _DEFINES.match(lines[start])
        if match is None:
            continue
        if match["imported"]:
            names = re.findall(r"(\w+)[ \t]*(?:,|$|\))", match["imported"].strip())
        else:
            names = re.findall(r"\w+", match["name"] or match["names"])
        is_decorated = start > 0 and lines[start - 1].startswith("@")
        statements.append(_Statement(names, "".join(lines[start:end]), start, is_decorated))
    return statements


@remembered
def _is_stub(statement: str) -> bool:
    if "..." not in statement and not _HAS_BODY.match(statement):
        return False  # Of all the statements that give values only a placeholder is one.
    try:
        (node, *_) = ast.parse(statement).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False  # Somebody has worked on it: what was handed out is Python.
    return _says_nothing(node)


def _says_nothing(node: ast.stmt) -> bool:
    if isinstance(node, ast.Assign | ast.AnnAssign):
        return node.value is None or _is_placeholder(node.value)
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return False
    if any(isinstance(inner, ast.Assign) and _is_placeholder(inner.value) for inner in node.body):
        return True
    return all(_is_empty(inner) for inner in node.body)


def _is_empty(node: ast.stmt) -> bool:
    match node:
        case ast.Pass() | ast.Expr(ast.Constant()):
            return True
        case ast.Raise(ast.Name("NotImplementedError") | ast.Call(ast.Name("NotImplementedError"))):
            return True
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return _says_nothing(node)
    return False


def _is_placeholder(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is ...
