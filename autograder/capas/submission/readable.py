"""Code as its student saw it: without signs that nobody sees, and line numbers, which came along when it was pasted."""

import ast
import re
import textwrap

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"
"""What word processors, PDFs and telephones write in place of spaces, and between letters."""
_SIGNS = re.compile(f"[{_SPACES}{_UNSEEN}]")
_PLAIN = str.maketrans(_SPACES, " " * len(_SPACES), _UNSEEN)
_NUMBER = re.compile(r"[ \t]*(\d{1,4})(?:[:.|)]?[ \t]|[:.|)]?$)")
_NUMBERED = re.compile(r"^[ \t]*\d{1,4}[:.|)]?[ \t]+(?:async|def|class)[ \t]", re.MULTILINE)


def readable(source: str) -> str:
    """Return a source with plain spaces, and without line numbers; its lines stay where they are.

    What is Python already is returned as it is: such signs may stand in its texts.
    """
    if not _SIGNS.search(source) and not _NUMBERED.search(source):
        return source
    try:
        ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return _without_line_numbers(source.translate(_PLAIN))
    return source


def _without_line_numbers(source: str) -> str:
    """Return ``source`` with the numbers taken off that stand before a definition and the lines that go on from it."""
    lines = source.split("\n")
    start = 0
    while start < len(lines):
        end = _numbered_until(lines, start)
        if end > start and _NUMBERED.search("\n".join(lines[start:end])):
            bare = [_NUMBER.sub("", line, count=1) for line in lines[start:end]]
            lines[start:end] = textwrap.dedent("\n".join(bare)).split("\n")
        start = max(end, start + 1)
    return "\n".join(lines)


def _numbered_until(lines: list[str], start: int) -> int:
    """Return the end of the lines from ``start`` that count one after the other, blank ones aside."""
    end, expected = start, None
    for at in range(start, len(lines)):
        number = _NUMBER.match(lines[at])
        if number and expected in (None, int(number[1])):
            end, expected = at + 1, int(number[1]) + 1
        elif lines[at].strip() or expected is None:
            break
    return end
