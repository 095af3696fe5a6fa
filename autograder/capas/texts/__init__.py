"""Every sentence that people read, by language, and how numbers and places are written in them.

The sentences of a language are in its folder, `texts/<language>/`, one file for each room that says them. So what
grading says travels in `autograder.zip` and is part of the grading key, and what a report says is not. A key is in
one file only. Sentences that students' own checks say, too, are in `capas_check`. What a language lacks is said in
`FALLBACK`: a course may be in a language that the program does not speak, or not wholly.
"""

import functools
import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from capas_check.texts import Texts

FALLBACK = "en"
_FOLDER = Path(__file__).parent


def languages() -> list[str]:
    """Return the languages that there are sentences in."""
    return sorted(path.name for path in _FOLDER.iterdir() if any(path.glob("*.json")))


@functools.cache
def program_texts(language: str) -> "Texts":
    """Return the sentences of the program in ``language``, those that it lacks in `FALLBACK`."""
    from capas_check.texts import Texts  # brings NumPy, which no command needs to print its help

    return Texts({**_sentences(FALLBACK), **_sentences(language)})


def count_missing(language: str) -> tuple[int, int]:
    """Return how many sentences ``language`` lacks, those of students' checks included, and how many there are."""
    folder = Path(__file__).parents[2] / "capas_check" / "texts"
    checks = [
        json.loads(path.read_text(encoding="utf-8")) if (path := folder / f"{name}.json").is_file() else {}
        for name in (FALLBACK, language)
    ]
    missing = len(_sentences(FALLBACK).keys() - _sentences(language).keys()) + len(checks[0].keys() - checks[1].keys())
    return missing, len(_sentences(FALLBACK)) + len(checks[0])


def _sentences(language: str) -> dict[str, str]:
    files = sorted((_FOLDER / language).glob("*.json"))
    return {key: text for file in files for key, text in json.loads(file.read_text(encoding="utf-8")).items()}
