"""Every sentence that people read, by language, and how numbers and places are written in them.

The sentences of a language are in its folder, `texts/<language>/`, one file for each room that says them. So what
grading says travels in `autograder.zip` and is part of the grading key, and what a report says is not. A key is in
one file only, and the languages have the same keys. Sentences that students' own checks say, too, are in
`capas_check`.
"""

import functools
import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from capas_check.texts import Texts

_FOLDER = Path(__file__).parent


def languages() -> list[str]:
    """Return the languages that there are sentences in."""
    return sorted(path.name for path in _FOLDER.iterdir() if any(path.glob("*.json")))


@functools.cache
def program_texts(language: str) -> "Texts":
    """Return the sentences of the program in ``language``; ValueError where there are none in it."""
    from capas_check.texts import Texts  # brings NumPy, which no command needs to print its help

    files = sorted((_FOLDER / language).glob("*.json"))
    if not files:
        raise ValueError(f"no sentences in {language!r}; there are {languages()}")
    texts = Texts()
    for file in files:
        texts |= json.loads(file.read_text(encoding="utf-8"))
    return texts
