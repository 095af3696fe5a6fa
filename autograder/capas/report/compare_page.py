"""The page that shows two runs side by side: whose points changed, by how much, and in which questions."""

import statistics
from collections.abc import Iterator, Sequence

import msgspec

from capas.course.model import Question, Stage
from capas.grading.standing import Change, largest_first
from capas.report.class_list import HandedIn
from capas.report.page import page_parts
from capas.texts.points import points_text, signed_points

COMPARED_FILE = "compared.html"


class Cell(msgspec.Struct, frozen=True):
    """Points before and now; the same where nothing changed, and "–" where there was or is nothing."""

    before: str
    now: str
    sign: int

    @property
    def changed(self) -> bool:
        """Whether they are others."""
        return self.before != self.now


class QuestionChange(msgspec.Struct, frozen=True):
    """What became of a question, or of the whole where ``name`` is "", over all who are in both runs."""

    name: str
    title: str
    before: str
    now: str
    change: str
    up: int
    down: int


class ChangedRow(msgspec.Struct, frozen=True):
    """A submission whose points changed."""

    submission: str
    file: str
    name: str
    known: str
    score: Cell
    change: str
    points: float
    cells: list[Cell]
    names: str
    """The questions that changed, as the page's script reads them."""


class Alone(msgspec.Struct, frozen=True):
    """A submission that is in one run only, with its score there."""

    submission: str
    shown: str
    score: str
    has_page: bool


class Comparison(msgspec.Struct, frozen=True):
    """All that stands on the page."""

    title: str
    older: str
    newer: str
    both: int
    up: int
    down: int
    whole: QuestionChange | None
    questions: list[QuestionChange]
    columns: list[str]
    rows: list[ChangedRow]
    only_older: list[Alone]
    only_newer: list[Alone]


def compare_page(
    stage: Stage, changes: Sequence[Change], older: str, newer: str, handed_in: HandedIn, language: str
) -> Iterator[str]:
    """Yield the page in parts: one file that needs no other.

    Args:
        stage: the stage.
        changes: everybody who is in either run.
        older: what the older run is called.
        newer: what the newer one is called.
        handed_in: whose each submission is.
        language: of the page.
    """
    both = [one for one in changes if one.before and one.now]
    changed = largest_first(both)
    comparison = Comparison(
        stage.title[language],
        older,
        newer,
        len(both),
        sum(one.points > 0 for one in changed),
        sum(one.points < 0 for one in changed),
        _whole(both) if both else None,
        [told for question in stage.all_questions if (told := _question(question, both, language))],
        [question.title[language] for question in stage.all_questions],
        [_row(one, stage, handed_in) for one in changed],
        [_alone(one, handed_in) for one in changes if one.now is None],
        [_alone(one, handed_in) for one in changes if one.before is None],
    )
    return page_parts("compare.html", language, comparison=comparison)


def _whole(both: Sequence[Change]) -> QuestionChange:
    return _told("", "", [(one.before.score, one.now.score) for one in both if one.before and one.now])


def _question(question: Question, both: Sequence[Change], language: str) -> QuestionChange | None:
    pairs = [one.of_question(question.name) for one in both]
    whole = [(before, now) for before, now in pairs if before is not None and now is not None]
    return _told(question.name, question.title[language], whole) if whole else None


def _told(name: str, title: str, pairs: Sequence[tuple[float, float]]) -> QuestionChange:
    before, now = (statistics.fmean(points) for points in zip(*pairs, strict=True))
    signs = [_sign(*pair) for pair in pairs]
    change = signed_points(round(now - before, 2))
    return QuestionChange(name, title, f"{before:.2f}", f"{now:.2f}", change, signs.count(1), signs.count(-1))


def _row(one: Change, stage: Stage, handed_in: HandedIn) -> ChangedRow:
    names = [question.name for question in stage.all_questions]
    scores = (one.before.score if one.before else None, one.now.score if one.now else None)
    return ChangedRow(
        one.submission,
        one.file,
        handed_in.name(one.submission),
        handed_in.known(one.submission),
        _cell(*scores),
        signed_points(one.points),
        one.points,
        [_cell(*one.of_question(name)) for name in names],
        " ".join(one.questions()),
    )


def _cell(before: float | None, now: float | None) -> Cell:
    told, told_now = ("–" if points is None else points_text(points) for points in (before, now))
    return Cell(told, told_now, _sign(before or 0.0, now or 0.0))


def _sign(before: float, now: float) -> int:
    return (now > before + 1e-9) - (now < before - 1e-9)


def _alone(one: Change, handed_in: HandedIn) -> Alone:
    standing = one.now or one.before
    score = points_text(standing.score) if standing else ""
    return Alone(one.submission, handed_in.told_apart(one.submission) or one.file, score, one.now is not None)
