"""The name that a student chose for the leaderboard: a plain text in what was handed in, which is never run."""

import ast
import re
from collections.abc import Iterable

from capas.texts.plain import one_line

MAX_CHARACTERS = 30
_LINE = re.compile(r"^(?:pseudonym|seud[oó]nimo)[ \t]*(?::[ \t]*str[ \t]*)?=[^\n]{1,200}$", re.MULTILINE)


def pseudonym_in(sources: Iterable[str]) -> str:
    """Return the text that is assigned to `pseudonym`, or `seudonimo`, on a line of its own; the last counts."""
    lines = [line for source in sources for line in _LINE.findall(source)]
    return next(filter(None, map(_text_of, reversed(lines))), "")


def _text_of(line: str) -> str:
    try:
        (statement,) = ast.parse(line).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    value = getattr(statement, "value", None)
    if not isinstance(value, ast.Constant) or not isinstance(value.value, str):
        return ""
    return " ".join(one_line(value.value).split())[:MAX_CHARACTERS].rstrip()
