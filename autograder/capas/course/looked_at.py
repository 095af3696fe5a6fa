"""What each case looks at, in the words of the handout: `assignments/<stage>/cases.toml`, which a stage need not have.

Under each question a line a case: ``large_values = {es = "números grandes", en = "large numbers"}``. The words stand in
the question's text in the handout, so that they may be told of a hidden case that fails.
"""

import re
from collections.abc import Mapping
from pathlib import Path

import msgspec

from capas.course.handout import HandoutPiece
from capas.course.model import Stage
from capas.course.text_files import read_course_text
from capas.course.toml_contents import Text, expect_languages
from capas.files import UserError

CASES_FILE = "cases.toml"
LookedAt = Mapping[str, Mapping[str, str]]
"""In one language: question → case → what the case looks at."""

_HINT = re.compile(r"<details>.*?</details>", re.DOTALL)
_ASIDE = re.compile(r"^>.*$", re.MULTILINE)
_BLOCK_END = re.compile(r"\n\s*\n|\n(?=\s*(?:[-|]|\d+\.) )")
_SENTENCE_END = re.compile(r"(?<=[.!?…])(?:\*\*)?\s+(?=[^\Wa-z]|[¿¡«“\"*$`(])")


def cases_file(stage: Stage) -> Path:
    """Return where the stage says what its cases look at; there may be no such file."""
    return stage.assignment / CASES_FILE


def read_looked_at(stage: Stage) -> dict[str, dict[str, Text]]:
    """Return what each case of each question looks at, by language; nothing where the stage does not say.

    Raises:
        UserError: when the file is no such table, or lacks one of the stage's languages.
    """
    path = cases_file(stage)
    if not path.exists():
        return {}
    try:
        contents = msgspec.toml.decode(read_course_text(path), type=dict[str, dict[str, Text]])
    except msgspec.MsgspecError as error:
        example = 'expected under [question] lines such as large_values = {es = "…", en = "…"}'
        raise UserError(f"{path}: {error}; {example}") from None
    for question, cases in contents.items():
        for case, text in cases.items():
            expect_languages(path, f"case `{case}` of `{question}`", text, stage.languages)
    return contents


def looked_at_in(stage: Stage, language: str) -> LookedAt:
    """Return what each case looks at in one language; see `read_looked_at`."""
    contents = read_looked_at(stage)
    return {name: {case: text[language] for case, text in cases.items()} for name, cases in contents.items()}


def asking_texts(pieces: list[HandoutPiece]) -> dict[str, str]:
    """Return of each question what asks it in the handout: from its heading to its place, without hints and asides."""
    texts, text = dict[str, str](), ""
    for piece in pieces:
        if piece.kind == "question":
            texts[piece.value], text = _ASIDE.sub("", _HINT.sub("", text)), ""
        elif piece.kind == "text":
            text = piece.value if piece.value.startswith("## ") else f"{text}\n\n{piece.value}"
    return texts


def questions_with_hints(pieces: list[HandoutPiece]) -> set[str]:
    """Return the questions in whose sections of the handout there are hints to open, before or after their place."""
    found, hinted, question = set[str](), False, ""
    for piece in pieces:
        if piece.kind == "text" and piece.value.startswith("## "):
            hinted, question = False, ""
        if piece.kind == "question":
            question = piece.value
        hinted = hinted or (piece.kind == "text" and _HINT.search(piece.value) is not None)
        if hinted and question:
            found.add(question)
    return found


def sentence_with(words: str, text: str) -> str | None:
    """Return the sentence of ``text`` in which ``words`` stand, whatever their capitals and line ends; None if none."""
    wanted = " ".join(words.split()).casefold()
    for block in _BLOCK_END.split(text):
        for sentence in _SENTENCE_END.split(" ".join(block.split())):
            if wanted in sentence.casefold():
                return sentence.removeprefix("- ")
    return None
