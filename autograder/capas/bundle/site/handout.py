"""A handout as the parts of a page: sections under their headings, with figures, code and places to answer."""

import re
from collections.abc import Callable
from pathlib import Path

import msgspec

from capas.bundle.general_facts import handout_pieces
from capas.bundle.site.prose import Prose, plain, slug
from capas.course.handout import HandoutPiece, cut
from capas.course.model import Question, Stage
from capas.course.pictures import pictures_in, with_pictures
from capas.course.text_files import read_course_text


class Part(msgspec.Struct, frozen=True):
    """Part of a section: its ``kind`` is "html", or that of a place; ``value`` is the HTML, or the names in it."""

    kind: str
    value: str


class Section(msgspec.Struct):
    """What stands under one heading; the first has none. A ``question`` is there where it is answered."""

    id: str
    title: str
    parts: list[Part]
    question: Question | None = None


class Handout(msgspec.Struct, frozen=True):
    """A handout: its title as HTML, and its sections."""

    title: str
    sections: list[Section]


class HandoutReader:
    """Reads the handouts of a stage in one language.

    Args:
        prose: makes HTML of their text.
        stage: the stage.
        language: one of its languages.
        picture: returns the address of a picture that a person made, by the path of its file in the stage.
    """

    def __init__(self, prose: Prose, stage: Stage, language: str, picture: Callable[[str], str]) -> None:
        self._prose, self._stage, self._language, self._picture = prose, stage, language, picture

    def handout(self) -> Handout:
        """Return the handout of the stage."""
        path = self._stage.handout(self._language)
        return self._read(path, handout_pieces(self._stage, self._language, explorables=True))

    def derivation(self) -> Handout | None:
        """Return the derivation that comes with the stage, None where it has none."""
        path = self._stage.derivation(self._language)
        return self._read(path, cut(path, read_course_text(path))) if path.is_file() else None

    def _read(self, path: Path, pieces: list[HandoutPiece]) -> Handout:
        text, taken = read_course_text(path), set[str]()
        questions = {question.name: question for question in self._stage.all_questions}
        title, sections, place = "", [Section("", "", [])], 0
        for piece in pieces:
            if piece.kind != "text":
                sections[-1].parts.append(Part(piece.kind, piece.value))
                if piece.kind == "question":
                    sections[-1].question = questions[piece.value]
                continue
            # What the program says in every handout stands in none.
            found = text.find(piece.value, place)
            place = max(place, found)
            line = text.count("\n", 0, place) + 1
            heading, level, body = _heading(piece.value)
            if level == 1:
                title = self._prose.line_of_text(heading, path, line)
            elif level == 2:
                html = self._prose.line_of_text(heading, path, line)
                sections.append(Section(slug(plain(html), taken), html, []))
            shown = with_pictures(self._stage, body, self._shown)
            sections[-1].parts.append(Part("html", self._prose.html(shown, path, line)))
        return Handout(title, [section for section in sections if section.parts])

    def _shown(self, path: Path, alt: str) -> str:
        return f"![{alt}]({self._picture(_path_in(self._stage, path))})"


def _heading(text: str) -> tuple[str, int, str]:
    """Return the heading that a text begins with, its level, and the text without it but with its line; or "" and 0."""
    found = re.match(r"(##?) (.*)\n?", text)
    return (found[2], len(found[1]), "\n" + text[found.end() :]) if found else ("", 0, text)


def _path_in(stage: Stage, path: Path) -> str:
    return path.resolve().relative_to(stage.assignment.resolve()).as_posix()


def pictures_of(stage: Stage, language: str) -> dict[str, Path]:
    """Return the files of the pictures that a person made for a handout and its derivation, by their paths in it."""
    paths = [stage.handout(language), stage.derivation(language)]
    texts = [read_course_text(path) for path in paths if path.is_file()]
    files = [stage.assignment / picture.target for text in texts for picture in pictures_in(text)]
    return {_path_in(stage, file): file for file in files}
