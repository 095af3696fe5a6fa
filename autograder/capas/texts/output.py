"""Text for an output that cannot show every character: a Windows pipe, an old terminal, a file in ASCII."""

import codecs
import sys
import unicodedata

READABLE = "capas.readable"
"""The name of the error handler that `show_readable` gives to the standard streams."""

SIGNS = {
    "✔": "+",
    "✘": "x",
    "❌": "x",
    "·": "-",
    "–": "-",
    "—": "-",
    "−": "-",
    "→": "->",
    "≈": "~",
    "×": "x",
    "«": '"',
    "»": '"',
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
}


def readable(character: str) -> str:
    """Return what stands for a character in ASCII: a sign's likeness, a letter without its accent, or ``?``."""
    if character in SIGNS:
        return SIGNS[character]
    plain = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode("ascii")
    return plain or "?"


def _replace(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(readable, error.object[error.start : error.end])), error.end


def show_readable() -> None:
    """Let standard output and standard error replace what their encoding lacks instead of failing."""
    codecs.register_error(READABLE, _replace)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)  # notebooks have streams of their own, which show all
        if reconfigure is not None:
            reconfigure(errors=READABLE)
