"""Names that are not what their student takes them for: with a letter of another alphabet, or with another value."""

import re
import symtable
from collections.abc import Iterable, Iterator

_LIKE = {
    "a": "аαɑ",
    "c": "сϲ",
    "d": "ԁ",
    "e": "еε",
    "g": "ɡ",
    "h": "һ",
    "i": "іιı",
    "j": "јϳ",
    "k": "кκ",
    "l": "ӏ",
    "m": "м",
    "n": "ոη",
    "o": "оοσօ",
    "p": "рρ",
    "q": "ԛ",
    "s": "ѕ",
    "t": "тτ",
    "u": "υս",
    "v": "ν",
    "w": "ԝω",
    "x": "хχ",
    "y": "уγ",
}
"""Letters of other alphabets, which a keyboard or a copied text brings, by the Latin one that they look like."""
_LATIN = str.maketrans({sign: latin for latin, signs in _LIKE.items() for sign in signs})
_LOST = re.compile(r"'([\w.]+)' object (?:has no attribute '(\w+)'|is not callable)")


def lookalike(name: str, others: Iterable[str]) -> tuple[str, str] | None:
    """Return a name among ``others`` that looks like ``name``, and its first letter of another alphabet."""
    for other in others:
        if other != name and not other.isascii() and other.translate(_LATIN) == name:
            return other, next(sign for sign in other if not sign.isascii())
    return None


def lost_values(message: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield, of errors by which a name shows to have another value, the type of it, and how the name is used."""
    for type_name, attribute in _LOST.findall(message):
        use = rf"\s*\.\s*{attribute}\b" if attribute else r"\s*\("
        yield type_name, re.compile(rf"(?<![\w.])(\w+){use}")


def globals_read(source: str) -> set[str]:
    """Return the names that the functions of a source take from outside; none where it does not parse."""
    try:
        waiting = [symtable.symtable(source, "<student>", "exec")]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    names: set[str] = set()
    while waiting:
        table = waiting.pop()
        waiting += table.get_children()
        if table.get_type() == "function":
            names.update(symbol.get_name() for symbol in table.get_symbols() if symbol.is_global())
    return names
