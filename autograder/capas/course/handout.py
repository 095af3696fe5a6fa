"""The handout's Markdown, cut at its places.

A place is a comment alone on its line: ``<!-- question: NAME -->`` for a stub, ``<!-- given: NAME … -->`` for
functions that the stage gives, ``<!-- figure: NAME -->`` for a picture, ``<!-- draw: NAME -->`` for a picture that
students draw with their own function, ``<!-- explorable: NAME -->`` for one that moves, which only web pages have.
"""

import re
from pathlib import Path

import msgspec

from capas.course.model import Stage
from capas.course.text_files import read_course_text
from capas.files import UserError

_PLACE = re.compile(r"^<!--\s*(\w+)\s*:\s*(.*?)\s*-->\s*$", re.MULTILINE)
_EXPLORABLE = re.compile(r"^<!--\s*explorable\s*:.*?-->\s*?\n\n?", re.MULTILINE)
KINDS = ("question", "given", "figure", "draw", "explorable")


class HandoutPiece(msgspec.Struct, frozen=True):
    """Part of a handout: ``kind`` is text or one of `KINDS`, ``value`` its text or names; a place has its ``line``."""

    kind: str
    value: str
    line: int = 0


def read_handout(stage: Stage, language: str, explorables: bool = False) -> list[HandoutPiece]:
    """Return the handout of ``stage`` in pieces, in order; the places of ``explorables`` only where they are asked for.

    Raises:
        UserError: when a question has no place, or two, or a place names something that does not exist.
    """
    path = stage.handout(language)
    text = read_course_text(path, "every stage needs a handout in every language")
    pieces = cut(path, text)
    _check_places(path, stage, pieces)
    # A text around such a place is one piece without it.
    return pieces if explorables else cut(path, _EXPLORABLE.sub("", text))


def cut(path: Path, text: str) -> list[HandoutPiece]:
    """Return ``text``, which stands in ``path``, in pieces.

    Raises:
        UserError: for a place of an unknown kind.
    """
    pieces, end = [], 0
    for place in _PLACE.finditer(text):
        kind, value = place.groups()
        line = text.count("\n", 0, place.start()) + 1
        if kind not in KINDS:
            raise UserError(f"{path}, line {line}: unknown place `{kind}`; expected {', '.join(KINDS)}")
        pieces += _text(text[end : place.start()])
        pieces.append(HandoutPiece(kind, value, line))
        end = place.end()
    return [*pieces, *_text(text[end:])]


def _text(text: str) -> list[HandoutPiece]:
    # A cell for each section: a long handout in one cell is hard to scroll on a phone.
    sections = re.split(r"\n(?=## )", text.strip("\n"))
    return [HandoutPiece("text", section.strip("\n")) for section in sections if section.strip()]


def _check_places(path: Path, stage: Stage, pieces: list[HandoutPiece]) -> None:
    lines = {piece.value: piece.line for piece in pieces if piece.kind == "question"}
    places = [piece.value for piece in pieces if piece.kind == "question"]
    names, texts = ([question.name for question in part] for part in (stage.questions, stage.texts))
    for name in [*names, *texts]:
        if places.count(name) != 1:
            raise UserError(
                f"{path}: question `{name}` has {places.count(name)} places; "
                f"expected exactly one line <!-- question: {name} -->"
            )
    for place in places:
        if place not in [*names, *texts]:
            where = f"{path}, line {lines[place]}"
            raise UserError(f"{where}: a place for `{place}`, which is no question of {stage.id}")
    if [place for place in places if place in names] != names:
        raise UserError(f"{path}: the questions stand in another order than in assignment.toml")
    given = [name for piece in pieces if piece.kind == "given" for name in piece.value.split()]
    if sorted(given) != sorted(stage.given):
        raise UserError(
            f"{path}: places for given functions {sorted(given)}, but assignment.toml gives {sorted(stage.given)}"
        )
    _check_drawings(path, stage, pieces)


def _check_drawings(path: Path, stage: Stage, pieces: list[HandoutPiece]) -> None:
    places = [(piece.kind, piece.value) for piece in pieces]
    known = {"draw": ("drawing", stage.drawings), "explorable": ("explorable", stage.explorables)}
    for piece in pieces:
        what, names = known.get(piece.kind, ("", [piece.value]))
        if piece.value not in names:
            where = f"{path}, line {piece.line}"
            raise UserError(f"{where}: a place for the {what} `{piece.value}`, which assignment.toml lacks")
    for name in stage.explorables:
        if (count := places.count(("explorable", name))) != 1:
            raise UserError(f"{path}: explorable `{name}` has {count} places; expected one <!-- explorable: {name} -->")
    for name, drawing in stage.drawings.items():
        if places.count(("draw", name)) != 1:
            raise UserError(
                f"{path}: drawing `{name}` has {places.count(('draw', name))} places; "
                f"expected exactly one line <!-- draw: {name} -->"
            )
        if places.index(("draw", name)) < places.index(("question", drawing.function)):
            raise UserError(f"{path}: the drawing `{name}` stands before its question, `{drawing.function}`")
