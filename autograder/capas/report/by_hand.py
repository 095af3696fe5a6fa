"""The page on which a person grades texts: it works from a file, without a server, and saves `overrides.csv`.

It holds the file's rows as they are and writes them back untouched, but for those of the texts that are graded on it.
"""

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from markupsafe import Markup

from capas.course.model import Question, Stage
from capas.grading.result import NOT_BEGUN, Result
from capas.report.page import page
from capas.texts import program_texts
from capas.texts.plain import clean

BY_HAND_FILE = "by_hand.html"
_SAID = (
    "by_hand_done",
    "by_hand_of",
    "by_hand_gone",
    "by_hand_not_graded",
    "by_hand_unsaved",
    "by_hand_saved",
    "by_hand_number",
    "by_hand_points_of_item",
    "by_hand_text_of_item",
    "by_hand_new_item",
)


class OverridesTable(msgspec.Struct, frozen=True):
    """`overrides.csv` as it stands: its columns, its rows, and which row is of which submission's question."""

    header: list[str] = []
    rows: list[list[str]] = []
    places: dict[str, dict[str, int]] = {}
    delimiter: str = ","


def by_hand_page(
    stage: Stage,
    results: Sequence[Result],
    table: OverridesTable,
    language: str,
    name_of: Callable[[str], str],
    is_anonymous: bool = False,
) -> str:
    """Return the page: one file that needs no other.

    Args:
        stage: the stage.
        results: of the whole class, as the machine gave them or as they count.
        table: what a person decided so far.
        language: of the page.
        name_of: gives a student's name by their submission.
        is_anonymous: show no name, and nobody in the order of names; the file that is saved needs the ids all the same.
    """
    say = program_texts(language)
    data = {
        "questions": [_question(text, results, language, name_of, is_anonymous) for text in stage.texts],
        "header": table.header,
        "rows": table.rows,
        "places": table.places,
        "delimiter": table.delimiter,
        "say": {key: say[key] for key in _SAID},
    }
    title = stage.title[language]
    return page("by_hand.html", language, script=("overrides_table.js", "by_hand.js"), title=title, data=embedded(data))


def _question(
    text: Question, results: Sequence[Result], language: str, name_of: Callable[[str], str], is_anonymous: bool
) -> dict[str, Any]:
    answers, nothing = [], 0
    for result in results:
        for question in result.questions:
            if question.name != text.name or not question.manual:
                continue
            if question.diagnosis == NOT_BEGUN:
                nothing += 1
                continue
            name = "" if is_anonymous else clean(name_of(result.submission))
            answers.append({"id": result.submission, "name": name, "text": clean(question.answer)})
    if is_anonymous:
        answers.sort(key=lambda answer: hashlib.sha256(answer["id"].encode()).digest())
    return {
        "name": text.name,
        "title": text.title[language],
        "points": text.points,
        "rubric": [
            {"key": str(number), "points": item.points, "text": item.text[language]}
            for number, item in enumerate(text.rubric, 1)
        ],
        "answers": answers,
        "nothing": nothing,
    }


def embedded(data: Any) -> Markup:
    """Return data as JSON that can stand in an element of a page, whatever is in it."""
    text = msgspec.json.encode(data).decode()
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)
