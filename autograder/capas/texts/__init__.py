"""Every sentence that people read, by language, and how numbers and places are written in them.

Sentences that students' own checks say, too, are in `capas_check`.
"""

import functools
from pathlib import Path

from capas_check.texts import Texts, read_texts


@functools.cache
def program_texts(language: str) -> Texts:
    """Return the sentences of the program in ``language``; ValueError where there are none in it."""
    return read_texts(Path(__file__).parent, language)
