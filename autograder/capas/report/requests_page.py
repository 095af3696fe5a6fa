"""The page on which a person answers what students ask to be looked at again; it works from a file, without a server.

Like the page for texts it saves `overrides.csv`: an answer is a row there, with other points or as a note.
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from capas.course.model import Question, Stage
from capas.grading.request_codes import Target
from capas.grading.result import CaseResult, QuestionResult, Result, line_text
from capas.report.by_hand import OverridesTable, embedded
from capas.report.page import page
from capas.report.texts import counted, hidden_sentence
from capas.texts import program_texts
from capas.texts.plain import clean
from capas.texts.points import points_text

REQUESTS_FILE = "requests.html"
_SAID = ("done", "unsaved", "saved", "wrong", "kept", "more", "no_code", "nothing")


class Asked(msgspec.Struct, frozen=True):
    """What somebody asks: the code, why, who, of which result, about what, and the code that was handed in."""

    code: str
    reason: str
    name: str
    result: Result
    target: Target
    place: int
    source: str | None
    """None where what was handed in is not at hand."""


def requests_page(stage: Stage, requests: Sequence[Asked], table: OverridesTable, language: str) -> str:
    """Return the page: one file that needs no other.

    Args:
        stage: the stage.
        requests: what is asked, in the order in which it is shown.
        table: what a person decided so far.
        language: of the page.
    """
    say = program_texts(language)
    questions = {question.name: question for question in stage.all_questions}
    data = {
        "requests": [_shown(asked, questions, language) for asked in requests],
        "header": table.header,
        "rows": table.rows,
        "places": table.places,
        "delimiter": table.delimiter,
        "say": {key: say[f"requests_{key}"] for key in _SAID},
    }
    title = stage.title[language]
    scripts = ("overrides_table.js", "requests.js")
    return page("requests.html", language, script=scripts, title=title, data=embedded(data))


def _shown(asked: Asked, questions: dict[str, Question], language: str) -> dict[str, Any]:
    result, target = asked.result, asked.target
    question = next((one for one in result.questions if one.name == target.question), None)
    asks = questions.get(target.question)
    source = (question.answer if question and question.manual else "") or asked.source
    about = result if question is None else question
    case, also = _cases(question, asked.place)
    return {
        "code": asked.code,
        "reason": clean(asked.reason),
        "id": result.submission,
        "name": clean(asked.name),
        "question": target.question or "all",
        "title": _title(asked, asks, case, language),
        "told": [clean(told) for told in _told(result, question, case, also, language)],
        "source": None if source is None else clean(source),
        "score": points_text(about.score),
        "most": about.points,
        "back": min(about.points, about.score + (case.points if case and not case.passed else 0.0)),
        "decided": [
            clean(line_text(line)) for line in result.grade_lines if not question or line.question == question.name
        ],
    }


def _cases(question: QuestionResult | None, place: int) -> tuple[CaseResult | None, list[CaseResult]]:
    """Return the case that is asked about, and of hidden ones those that fail in the same way, which one code tells."""
    if question is None or place < 0:
        return None, []
    case = question.cases[place]
    if not case.hidden or case.passed:
        return case, []
    failed = [one for one in question.cases if one.hidden and not one.passed and one.kind == case.kind]
    return case, [one for one in failed if one is not case]


def _title(asked: Asked, asks: Question | None, case: CaseResult | None, language: str) -> str:
    say = program_texts(language)
    if not asked.target.question:
        return say("requests_all")
    title = asks.title[language] if asks else asked.target.question
    if case is None:
        return title
    key = "requests_hidden_case" if case.hidden else "requests_public_case"
    return f"{title}: {say(key, name=case.name, points=counted('point', case.points, language))}"


def _told(
    result: Result,
    question: QuestionResult | None,
    case: CaseResult | None,
    also: list[CaseResult],
    language: str,
) -> list[str]:
    """Return what the program said: of the case, of others that one code tells with it, and of the submission."""
    say = program_texts(language)
    if case is None:
        return [result.message] if result.message and question is None else []
    told = [say("requests_passes") if case.passed else case.message or hidden_sentence(case.kind, language)]
    if also:
        told.append(say("requests_also", count=len(also), names=", ".join(one.name for one in also)))
    return told
