"""The page that a teacher opens before the next lecture."""

import statistics
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec

import capas
from capas.course.model import Stage
from capas.grading.result import Attempt, Result
from capas.report.class_list import Choice, HandedIn, SubmissionRow, diagnosis_choices, mark_choices, submission_rows
from capas.report.copies_page import COPIES_FILE
from capas.report.copy_groups import Group
from capas.report.diagnoses import Diagnoses
from capas.report.look_at import LookAt, equal_ones, look_at
from capas.report.page import page_parts
from capas.report.pictures import Picture, histogram
from capas.report.statistics import count_misunderstandings, count_questions, graded, has_failed
from capas.report.texts import counted
from capas.sandbox import MAX_LEVEL
from capas.texts import program_texts
from capas.texts.points import points_text, same_points

MAX_MISUNDERSTANDINGS = 5
MAX_NAMES = 4
NOTHING_KNOWN = HandedIn()


class GradingTime(msgspec.Struct, frozen=True):
    """How long the last run of `capas grade` took, for how many submissions, with how many processes."""

    seconds: float
    submissions: int
    workers: int


class MisunderstandingRow(msgspec.Struct, frozen=True):
    """A misunderstanding, with what a teacher may say again and where in the lecture."""

    id: str
    count: int
    titles: str
    again: str
    slide: str
    explanation: str


class QuestionRow(msgspec.Struct, frozen=True):
    """A question and what the class did with it; ``page`` is where its failing answers stand, "" where nowhere."""

    name: str
    title: str
    points: str
    average: str
    share: str
    full_percent: int
    zero: int
    unanswered: int
    carried: int
    commonest: str
    commonest_count: int
    page: str


class ClassReport(msgspec.Struct, frozen=True):
    """All that stands on the page."""

    title: str
    total: int
    graded: int
    points: str
    mean: str
    median: str
    full: int
    most: int
    common: list[MisunderstandingRow]
    histogram: Picture | None
    questions: list[QuestionRow]
    undiagnosed: int
    by_hand: list[LookAt]
    copies: bool
    alike: str
    leaderboard: str
    compared: bool
    run: list[str]
    submissions: list[SubmissionRow]
    marks: list[Choice]
    diagnoses: list[Choice]
    again: str
    """How many handed in again, and how many of them have more points now; "" where nobody did."""


def class_page(
    stage: Stage,
    results: Sequence[Result],
    diagnoses: Diagnoses,
    language: str,
    sources: Mapping[str, Sequence[str]] | None,
    took: GradingTime | None,
    handed_in: HandedIn = NOTHING_KNOWN,
    alike: Sequence[Group] = (),
    leaderboard: str = "",
) -> Iterator[str]:
    """Yield the page in parts: one file that needs no other.

    Args:
        stage: the stage.
        results: of the whole class.
        diagnoses: what is said of each diagnosis, in ``language``.
        language: of the page.
        sources: each submission's pieces of Python, where they are at hand.
        took: how long grading took, where that is known.
        handed_in: what is known of submissions beside their results, and the pages of questions.
        alike: groups of submissions that share code, which are on a page of their own.
        leaderboard: the page with the class in order, "" where there is none.
    """
    ran = list(graded(results))
    scores = [result.score for result in ran]
    equal = equal_ones(stage, results, sources)
    rows = submission_rows(stage, results, handed_in, language)
    report = ClassReport(
        title=stage.title[language],
        total=len(results),
        graded=len(ran),
        points=points_text(stage.points),
        mean=f"{statistics.fmean(scores):.1f}" if ran else "",
        median=f"{statistics.median(scores):.1f}" if ran else "",
        full=sum(result.score >= result.points for result in ran),
        most=MAX_MISUNDERSTANDINGS,
        common=_misunderstandings(stage, results, diagnoses, language),
        histogram=histogram(scores, stage.points, language) if ran else None,
        questions=_questions(stage, results, diagnoses, handed_in.pages, language),
        undiagnosed=sum(
            question.diagnosis is None and has_failed(question) for result in ran for question in result.questions
        ),
        by_hand=look_at(results, equal, alike, handed_in, language),
        copies=bool(equal or alike),
        alike=COPIES_FILE if alike else "",
        leaderboard=leaderboard,
        compared=sources is not None,
        run=_run(results, took, language),
        again=_again(results, language),
        submissions=rows,
        marks=mark_choices(rows, language),
        diagnoses=diagnosis_choices(stage, results, diagnoses),
    )
    return page_parts("class.html", language, report=report)


def _misunderstandings(
    stage: Stage, results: Sequence[Result], diagnoses: Diagnoses, language: str
) -> list[MisunderstandingRow]:
    questions = {question.name: question for question in stage.all_questions}
    rows = []
    for misunderstanding in count_misunderstandings(stage, results, diagnoses):
        titles = [questions[name].title[language] for name in misunderstanding.questions]
        rows.append(
            MisunderstandingRow(
                misunderstanding.diagnosis.id,
                misunderstanding.count,
                ", ".join(titles[:MAX_NAMES]) + (" …" if len(titles) > MAX_NAMES else ""),
                misunderstanding.diagnosis.teach_again,
                questions[misunderstanding.questions[0]].slide.get(language, ""),
                misunderstanding.diagnosis.explanation,
            )
        )
    return rows


def _questions(
    stage: Stage, results: Sequence[Result], diagnoses: Diagnoses, pages: Mapping[str, str], language: str
) -> list[QuestionRow]:
    rows = []
    for question, count in zip(stage.all_questions, count_questions(stage, results), strict=True):
        commonest, number = count.diagnoses[0] if count.diagnoses else ("", 0)
        known = diagnoses.get((question.name, commonest))
        rows.append(
            QuestionRow(
                question.name,
                question.title[language],
                points_text(question.points),
                f"{count.average:.2f}",
                f"{count.average / question.points:.4f}",
                round(100 * count.full / count.graded) if count.graded else 0,
                count.zero,
                count.unanswered,
                count.carried,
                known.explanation if known else commonest,
                number,
                pages.get(question.name, ""),
            )
        )
    return rows


def _again(results: Sequence[Result], language: str) -> str:
    """Return how the points of those who handed in again changed, before anybody decided anything."""
    again = [(one.attempts[0].score, _again_of(one.attempts).score) for one in results if one.attempts]
    changes = [0.0 if same_points(before, now) else now - before for before, now in again]
    if not changes:
        return ""
    better, worse = sum(change > 0 for change in changes), sum(change < 0 for change in changes)
    same = len(changes) - better - worse
    return program_texts(language)("class_again_better", count=len(changes), better=better, worse=worse, same=same)


def _again_of(attempts: Sequence[Attempt]) -> Attempt:
    """Return the attempt that the first is compared with: the one that counts, or the last where the first does."""
    return next((attempt for attempt in attempts[1:] if attempt.counts), attempts[-1])


def _run(results: Sequence[Result], took: GradingTime | None, language: str) -> list[str]:
    say = program_texts(language)
    levels = Counter((result.isolation.level, tuple(result.isolation.layers)) for result in results)
    lines = [
        say(
            "class_isolation",
            level=level,
            most=MAX_LEVEL,
            layers=", ".join(layers),
            count=counted("submission", count, language),
        )
        for (level, layers), count in sorted(levels.items())
    ]
    if any(level < MAX_LEVEL for level, _ in levels):
        lines.append(say("class_isolation_note"))
    if took is None:
        lines.append(say("class_no_times"))
    else:
        count = counted("submission", took.submissions, language)
        lines.append(say("class_took", seconds=f"{took.seconds:.1f}", count=count, workers=took.workers))
    return [*lines, say("class_made_by", version=capas.__version__)]
