"""Answers in words, which a person grades: the places for them in what is handed out, and what stands there later.

A place is between two lines that name it, alike in a notebook's text cell and in a script: comments, which the shown
notebook hides. The cell is also marked in its metadata. Either is enough to find the answer again.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from capas.submission.own_cells import OWN_CELL
from capas.texts import languages, program_texts

ANSWER = "answer"
"""The role of a cell with such a place."""
MAX_CHARACTERS = 20_000
"""Of an answer that is kept; more is no answer that anybody asked for."""
_OF_OTTER = ("<!-- BEGIN QUESTION -->", "<!-- END QUESTION -->")
_BEGIN, _END = "capas:", "/capas:"
_ASSIGNED = re.compile(r"^\w+\s*=\s*[rRuU]?(\"\"\"|\'\'\'|\"|\')(?P<text>.*?)(\1)?\s*$", re.DOTALL)


def place_in_notebook(name: str, language: str) -> str:
    """Return the source of the text cell for an answer."""
    return f"<!-- {_BEGIN} {name} -->\n{program_texts(language)('answer_prompt')}\n<!-- {_END} {name} -->"


def place_in_script(name: str, language: str) -> str:
    """Return the lines of a script for an answer: a text, in which a backslash is nothing but a backslash."""
    return f'# {_BEGIN} {name}\n{name} = r"""\n{program_texts(language)("answer_prompt")}\n"""\n# {_END} {name}'


def written_answers(pieces: Iterable[tuple[str, Mapping[str, Any]]], names: Sequence[str]) -> dict[str, str]:
    """Return what stands at each place that is still there, "" where it is as it was handed out.

    Args:
        pieces: the sources of a notebook's cells with their metadata, or a script's.
        names: of the questions that a person grades.
    """
    found: dict[str, str] = {}
    if not names:
        return found
    for source, metadata in pieces:
        for name in names:
            text = _between(source, name)
            own = metadata.get(OWN_CELL)
            if text is None and isinstance(own, dict) and (own.get("role"), own.get("name")) == (ANSWER, name):
                text = _without_marks(source, name)
            # Of two places, as where a cell was copied, the one with an answer counts.
            if text is not None and not found.get(name):
                found[name] = _own_words(text)
    return found


def _mark(word: str, name: str) -> str:
    """Return the pattern of a line that names a place; ``name`` is a pattern, too."""
    return rf"^[ \t]*(?:\#+[ \t]*)?(?:<!--)?[ \t]*{word}[ \t]*{name}[ \t]*(?:-->)?[ \t]*\r?$"


def _between(source: str, name: str) -> str | None:
    """Return what stands between the lines that name a place; up to the next place where the second is gone."""
    begin = re.search(_mark(_BEGIN, re.escape(name)), source, re.MULTILINE)
    if begin is None:
        return None
    rest = source[begin.end() :]
    end = re.search(_mark(_END, re.escape(name)), rest, re.MULTILINE)
    end = end or re.search(_mark(_BEGIN, r"\w+"), rest, re.MULTILINE)
    return rest[: end.start()] if end else rest


def _without_marks(source: str, name: str) -> str:
    return re.sub("|".join(_mark(word, re.escape(name)) for word in (_BEGIN, _END)), "", source, flags=re.MULTILINE)


def _own_words(text: str) -> str:
    """Return a student's words without what was handed out around them, and without the signs of comments."""
    lines = text.strip().splitlines()
    if lines and all(line.lstrip().startswith("#") or not line.strip() for line in lines) and "\n#" in text:
        lines = [re.sub(r"^\s*# ?", "", line) for line in lines]
    text = "\n".join(lines).strip()
    if assigned := _ASSIGNED.match(text):
        text = assigned["text"]
    prompts = {program_texts(language)("answer_prompt") for language in languages()}
    kept = [line.rstrip() for line in text.splitlines() if line.strip() not in {*prompts, *_OF_OTTER}]
    text = "\n".join(kept).strip()
    return text if len(text) <= MAX_CHARACTERS else text[: MAX_CHARACTERS - 1] + "…"
