"""The list of all submissions on the class's page, and by what it can be filtered there."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence, Set
from pathlib import Path

import msgspec

from capas.course.model import Stage
from capas.grading.result import Result
from capas.report.diagnoses import Diagnoses
from capas.report.statistics import count_misunderstandings, has_failed, is_full
from capas.report.texts import counted
from capas.submission.manifest import Entry, read_manifest
from capas.texts import program_texts
from capas.texts.points import points_text

MAX_LABEL_CHARACTERS = 90


class HandedIn(msgspec.Struct, frozen=True):
    """What is known of submissions beside their results: of whom each is, which came late, and questions' pages."""

    entries: Mapping[str, Entry] = {}
    late: Collection[str] = ()
    pages: Mapping[str, str] = {}
    shared: Set[str] = frozenset()
    """Names that several submissions have; found out here."""

    def __post_init__(self) -> None:
        counts = Counter(map(self.name, self.entries))
        msgspec.structs.force_setattr(self, "shared", frozenset(name for name, count in counts.items() if count > 1))

    def name(self, submission: str) -> str:
        """Return the name of whose submission it is, as well as it is known; "" where it is not."""
        entry = self.entries.get(submission)
        return (entry.full_name or entry.name) if entry else ""

    def told_apart(self, submission: str) -> str:
        """Return the name with what tells it apart where several have it; "" where no name is known."""
        name = self.name(submission)
        return f"{name} ({self.known(submission) or submission})" if name and name in self.shared else name

    def known(self, submission: str) -> str:
        """Return what tells apart those of one name: section, and login or address."""
        entry = self.entries.get(submission)
        return " · ".join(filter(None, [entry.section, entry.login or entry.email])) if entry else ""


def read_handed_in(folder: Path, late: Collection[str] = ()) -> HandedIn:
    """Return what the manifest in a folder of results says of submissions, and which came ``late``.

    Raises:
        UserError: when the manifest is not one of ours.
    """
    manifest = read_manifest(folder)
    return HandedIn(manifest.by_submission() if manifest else {}, late)


class Mark(msgspec.Struct, frozen=True):
    """What sets a submission apart: its kind, by which the list is filtered, and what is shown."""

    kind: str
    text: str


class Lost(msgspec.Struct, frozen=True):
    """A question in which points are lost; ``page`` is where the code stands beside what fails, "" where nowhere."""

    question: str
    title: str
    page: str


class SubmissionRow(msgspec.Struct, frozen=True):
    """A submission in the list of all; ``known`` tells apart those of one name."""

    submission: str
    file: str
    name: str
    known: str
    score: str
    status: str
    marks: list[Mark]
    lost: list[Lost]
    diagnoses: str

    @property
    def kinds(self) -> str:
        """The kinds of its marks, as the page's script reads them."""
        return " ".join(mark.kind for mark in self.marks)


class Choice(msgspec.Struct, frozen=True):
    """Something that the list can be filtered by, with what it is called."""

    value: str
    label: str


def submission_rows(stage: Stage, results: Sequence[Result], handed_in: HandedIn, language: str) -> list[SubmissionRow]:
    """Return a row for each result, in the order given."""
    titles = {question.name: question.title[language] for question in stage.all_questions}
    return [_row(result, titles, handed_in, language) for result in results]


def _row(result: Result, titles: Mapping[str, str], handed_in: HandedIn, language: str) -> SubmissionRow:
    lost = [
        question
        for question in result.questions
        if result.status == "graded" and not is_full(question) and question.name not in result.waiting
    ]
    return SubmissionRow(
        result.submission,
        result.file,
        handed_in.name(result.submission),
        handed_in.known(result.submission),
        points_text(result.score),
        result.status,
        _marks(result, result.submission in handed_in.late, language),
        [
            Lost(
                question.name,
                titles.get(question.name, question.name),
                handed_in.pages.get(question.name, "") if has_failed(question) else "",
            )
            for question in lost
        ],
        " ".join(f"{question.name}:{question.diagnosis or ''}" for question in lost),
    )


def _marks(result: Result, is_late: bool, language: str) -> list[Mark]:
    say, marks = program_texts(language), []
    late = next((line for line in result.grade_lines if line.kind == "late"), None)
    is_late = next((attempt.is_late for attempt in result.attempts if attempt.counts), is_late)
    if is_late or late is not None:
        is_counted = late is not None and late.days and not late.is_guess
        days = say("mark_late_days", days=counted("day", late.days, language)) if late and is_counted else ""
        marks.append(Mark("late", days or say("mark_late")))
    if any(line.kind in ("question", "all") for line in result.grade_lines):
        marks.append(Mark("overridden", say("mark_overridden")))
    if result.waiting:
        marks.append(Mark("waiting", say("mark_waiting")))
    if result.status != "graded":
        marks.append(Mark("ungraded", say("mark_ungraded")))
    return marks


def mark_choices(rows: Sequence[SubmissionRow], language: str) -> list[Choice]:
    """Return the kinds of marks that some submission has."""
    say, there = program_texts(language), {mark.kind for row in rows for mark in row.marks}
    kinds = [kind for kind in ("late", "overridden", "waiting", "ungraded") if kind in there]
    return [Choice(kind, say(f"mark_{kind}")) for kind in kinds]


def diagnosis_choices(stage: Stage, results: Sequence[Result], diagnoses: Diagnoses) -> list[Choice]:
    """Return the misunderstandings of the class, the most common first."""
    choices: dict[str, Choice] = {}
    for one in count_misunderstandings(stage, results, diagnoses):
        label = f"{one.count} × {one.diagnosis.explanation.replace('`', '')}"
        short = label if len(label) <= MAX_LABEL_CHARACTERS else f"{label[: MAX_LABEL_CHARACTERS - 1]}…"
        choices.setdefault(one.diagnosis.id, Choice(one.diagnosis.id, short))
    return list(choices.values())
