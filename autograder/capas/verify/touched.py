"""What a sample depends on, as a key: where nothing of it was touched, its verdict is known."""

import ast
import functools
import hashlib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from capas.bundle.scopes import Statement, statements_of
from capas.course.text_files import parse_source, read_course_text
from capas.course.variants import is_marked


class VariantFile(msgspec.Struct, frozen=True):
    """A file of alternatives or mistakes in parts: each variant by name, and what they share."""

    variants: dict[str, str]
    shared: str
    names: dict[str, frozenset[str]]
    """The names that each variant, or what is shared, uses."""


NOTHING = VariantFile({}, "", {})


def read_variant_file(path: Path) -> VariantFile:
    """Read a file of alternatives or mistakes in parts; a missing one has none.

    Raises:
        UserError: when it is not valid Python.
    """
    if not path.exists():
        return NOTHING
    body = parse_source(path, read_course_text(path)).body
    marked = [node for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef) and is_marked(node)]
    shared = [node for node in body if node not in marked]
    common = frozenset[str]().union(*map(_names, shared))
    return VariantFile(
        {node.name: ast.unparse(node) for node in marked},
        "\n".join(map(ast.unparse, shared)),
        {node.name: _names(node) | common for node in marked},
    )


def reachable_source(source: str, names: Iterable[str]) -> str:
    """Return those statements of a module that decide what ``names`` are: their own, what these use, and effects."""
    statements = _statements(source)
    wanted, size = set(names), -1
    while len(wanted) != size:
        size = len(wanted)
        wanted = wanted.union(*(one.reads for one, _ in statements if one.kind == "effect" or one.binds & wanted))
    return "\n".join(text for one, text in statements if one.kind == "effect" or one.binds & wanted)


def key_of(*parts: object) -> str:
    """Return a hash of texts, numbers and settings."""
    return hashlib.sha256("\0".join(map(repr, parts)).encode()).hexdigest()


@functools.lru_cache(maxsize=8)
def _statements(source: str) -> list[tuple[Statement, str]]:
    found, last = list[tuple[Statement, str]](), dict[str, str]()
    for one in statements_of(ast.parse(source)):
        text = ast.unparse(one.node)
        # What was imported just so, and is still called so, is not changed by importing it again.
        again = one.kind == "import" and one.binds and all(last.get(name) == text for name in one.binds)
        if one.kind != "nothing" and not again:
            found.append((one, text))
            last.update(dict.fromkeys(one.binds, text))
    return found


def _names(node: ast.stmt) -> frozenset[str]:
    return frozenset(inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name))
