"""What students wrote, where people read it: nothing in it moves a cursor, turns text around, or is run."""

import re
import unicodedata

_UNSEEN = re.compile(r"[^\x20-\x7e\n\t]")
_FORMULA = re.compile(r"(^|[;,\N{REPLACEMENT CHARACTER}])(\s*)(?=[=+\-@＝＋－＠])")
"""Where a spreadsheet would begin to calculate: at the start of a cell, also where it splits at a semicolon, as one set
to Spanish does."""


def clean(text: str) -> str:
    """Return ``text`` with visible signs for control characters, and for those that turn what follows around."""
    return _UNSEEN.sub(lambda character: _visible(character[0]), text)


def _visible(character: str) -> str:
    if character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Zl", "Zp"):
        return character
    return "\N{REPLACEMENT CHARACTER}"


def one_line(text: str) -> str:
    """Return ``text`` clean and without new lines."""
    return re.sub(r"[\n\t]", "\N{REPLACEMENT CHARACTER}", clean(text))


def spreadsheet_cell(text: str) -> str:
    """Return ``text`` as a cell of a CSV file that no spreadsheet takes for a formula."""
    return _FORMULA.sub(r"\1\2'", one_line(text))
