"""Which submissions a teacher looks at by hand, and why: not graded, gone wrong on the way, equal, or alike."""

from collections.abc import Mapping, Sequence

import msgspec

from capas.course.model import Stage
from capas.grading.result import Result
from capas.report.class_list import HandedIn
from capas.report.copies_page import COPIES_FILE
from capas.report.copy_groups import Group
from capas.report.diagnoses import UNRETURNED
from capas.report.statistics import is_unanswered, same_answers, same_files
from capas.report.texts import status_text
from capas.texts import program_texts

MAX_NAMES = 4


class LookAt(msgspec.Struct, frozen=True):
    """A submission to look at by hand, and why; ``page`` is where it can be looked at, "" where nowhere."""

    submission: str
    file: str
    name: str
    why: str
    page: str = ""


class Equal(msgspec.Struct, frozen=True):
    """Submissions that are the same: ``how`` is "same_file" or "same_code"."""

    how: str
    members: list[str]


def equal_ones(stage: Stage, results: Sequence[Result], sources: Mapping[str, Sequence[str]] | None) -> list[Equal]:
    """Return groups of equal submissions; those of equal files are not named twice."""
    files = same_files(results)
    answers = same_answers(results, sources or {}, {question.name for question in stage.questions})
    return [
        *(Equal("same_file", group) for group in files),
        *(Equal("same_code", group) for group in answers if not any(set(group) <= set(other) for other in files)),
    ]


def look_at(
    results: Sequence[Result],
    equal: Sequence[Equal],
    alike: Sequence[Group],
    handed_in: HandedIn,
    language: str,
) -> list[LookAt]:
    """Return what to look at: first what was not graded, then what went wrong on the way, then what is alike."""
    ungraded = [one for one in results if one.status != "graded"]
    others = [one for one in results if one.status == "graded"]
    rows = [
        LookAt(result.submission, result.file, handed_in.told_apart(result.submission), why)
        for result in (*ungraded, *others)
        for why in _whys(result, language)
    ]
    return [*rows, *_alike(results, equal, alike, handed_in, language)]


def _whys(result: Result, language: str) -> list[str]:
    say = program_texts(language)
    whys = []
    if result.status != "graded":
        whys.append(f"{status_text(result.status, language)}: {result.message}")
    elif result.message:
        whys.append(result.message)
    if is_unanswered(result):
        whys.append(say("class_nothing_answered"))
    for kind in UNRETURNED:
        names = [question.name for question in result.questions if question.diagnosis == kind]
        if names:
            whys.append(f"{', '.join(names)}: {say('why_' + kind)}")
    return whys


def _alike(
    results: Sequence[Result],
    equal: Sequence[Equal],
    alike: Sequence[Group],
    handed_in: HandedIn,
    language: str,
) -> list[LookAt]:
    """Return a row for each group of equal ones that one is in, and one for all that share code though not equal."""
    say = program_texts(language)
    files = {result.submission: result.file for result in results}

    def row(one: str, others: Sequence[str], why: str, page: str = "") -> LookAt:
        named = ", ".join(files[other] for other in others[:MAX_NAMES]) + (" …" if len(others) > MAX_NAMES else "")
        return LookAt(one, files[one], handed_in.told_apart(one), say(why, others=named), page)

    rows = [
        row(one, [other for other in group.members if other != one], f"why_{group.how}")
        for group in equal
        for one in group.members
    ]
    partners: dict[str, dict[str, int]] = {}
    for number, group in enumerate(alike, 1):
        for one in group.members:
            partners.setdefault(one, {}).update({other: number for other in group.members if other != one})
    for one, groups in partners.items():
        told = {member for group in equal if one in group.members for member in group.members}
        others = [other for other in groups if other not in told]
        if others:
            rows.append(row(one, others, "why_alike", f"{COPIES_FILE}#group-{groups[others[0]]}"))
    return rows
