"""The page with answers that share code, side by side: `copies.html`. It asks to look, and says nothing of anybody.

It is the teacher's, as `report.html` is: nothing of it is on a student's page or in their file.
"""

from collections.abc import Mapping, Sequence
from functools import reduce
from pathlib import Path

import msgspec
import numpy as np

from capas.course.model import Stage
from capas.files import write_atomically
from capas.grading.result import Result
from capas.report.class_list import HandedIn
from capas.report.copies import WHOLE, Answers, find_alike, handed_out_hashes, pieces
from capas.report.copy_groups import Group, Shared, grouped
from capas.report.fingerprints import GRAM, WINDOW, Hashes
from capas.report.handed_out import handed_out_code
from capas.report.page import page
from capas.report.statistics import graded, is_unanswered

COPIES_FILE = "copies.html"
MAX_ANSWERS, MAX_TOGETHER = 200, 6
"""The most answers whose code is shown, and of one question in one group; more make a page that opens slowly."""
MAX_SHOWN = 6_000
"""Characters of an answer that are shown."""


class Piece(msgspec.Struct, frozen=True):
    """A piece of code, and whether all whose answers are shown have it."""

    text: str
    is_shared: bool


class AnswerShown(msgspec.Struct, frozen=True):
    """An answer, and whose it is."""

    name: str
    code: list[Piece]


class QuestionShown(msgspec.Struct, frozen=True):
    """What is shared in one question, or in all together where ``title`` is ""; ``more`` have it too."""

    title: str
    percent: int
    answers: list[AnswerShown]
    more: list[str]


class Member(msgspec.Struct, frozen=True):
    """A submission of a group; ``file`` is "" where that is its name already."""

    submission: str
    name: str
    file: str


class GroupShown(msgspec.Struct, frozen=True):
    """A group with what is shown of it."""

    members: list[Member]
    questions: list[QuestionShown]


def write_copies(
    out: Path,
    stage: Stage,
    results: Sequence[Result],
    sources: Mapping[str, Sequence[str]],
    handed_in: HandedIn,
    language: str,
) -> list[Group]:
    """Write the page into ``out`` and return its groups; where there are none, there is no page."""
    groups = groups_of_copies(stage, results, sources)
    if groups:
        text = copies_page(stage, results, groups, sources, handed_in, language)
        write_atomically(out / COPIES_FILE, text.encode())
    else:
        (out / COPIES_FILE).unlink(missing_ok=True)
    return groups


def groups_of_copies(stage: Stage, results: Sequence[Result], sources: Mapping[str, Sequence[str]]) -> list[Group]:
    """Return the groups of submissions that share code.

    Args:
        stage: the stage.
        results: of the class.
        sources: the pieces of Python of each submission that is at hand.
    """
    handed_out = handed_out_hashes(handed_out_code(stage))
    questions = [question.name for question in stage.questions]
    prints = {
        result.submission: Answers(sources[result.submission], questions).fingerprints(handed_out)
        for result in graded(results)
        if result.submission in sources and not is_unanswered(result)
    }
    return grouped(find_alike(prints))


def copies_page(
    stage: Stage,
    results: Sequence[Result],
    groups: Sequence[Group],
    sources: Mapping[str, Sequence[str]],
    handed_in: HandedIn,
    language: str,
) -> str:
    """Return the page of ``groups``: one file that needs no other."""
    members = {one.submission: _member(one, handed_in) for one in results}
    handed_out = handed_out_hashes(handed_out_code(stage))
    shown: list[GroupShown] = []
    left = MAX_ANSWERS
    for group in groups:
        if left <= 0:
            break
        questions = [_question(stage, one, members, sources, handed_out, language) for one in _told(group)]
        left -= sum(len(one.answers) for one in questions)
        shown.append(GroupShown([members[one] for one in group.members], questions))
    return page(
        "copies.html",
        language,
        title=stage.title[language],
        groups=shown,
        not_shown=len(groups) - len(shown),
        tokens=GRAM + WINDOW - 1,
    )


def _member(result: Result, handed_in: HandedIn) -> Member:
    name = handed_in.told_apart(result.submission)
    return Member(result.submission, name or result.file, result.file if name else "")


def _told(group: Group) -> list[Shared]:
    """Return what is shown of a group; all together only where no question says the same of the same ones."""
    of_questions = [one.members for one in group.alike if one.question != WHOLE]
    return [one for one in group.alike if one.question != WHOLE or one.members not in of_questions]


def _question(
    stage: Stage,
    shared: Shared,
    members: Mapping[str, Member],
    sources: Mapping[str, Sequence[str]],
    handed_out: Hashes,
    language: str,
) -> QuestionShown:
    titles = {question.name: question.title[language] for question in stage.questions}
    shown, more = shared.members[:MAX_TOGETHER], shared.members[MAX_TOGETHER:]
    answers = [Answers(sources[one], list(titles)) for one in shown]
    in_all = reduce(np.intersect1d, (one.hashes(shared.question) for one in answers))
    in_all = np.setdiff1d(in_all, handed_out)
    return QuestionShown(
        titles.get(shared.question, ""),
        round(100 * shared.share),
        [
            AnswerShown(members[one].name, _code(answer, shared.question, in_all))
            for one, answer in zip(shown, answers, strict=True)
        ],
        [members[one].name for one in more],
    )


def _code(answers: Answers, question: str, in_all: Hashes) -> list[Piece]:
    code: list[Piece] = []
    left = MAX_SHOWN
    for one in answers.of(question):
        for text, is_shared in pieces(one, in_all):
            code.append(Piece(text[:left], is_shared))
            left -= len(text)
            if left < 0:
                return [*code, Piece("\n…", False)]
        code.append(Piece("\n\n", False))
    return code[:-1]
