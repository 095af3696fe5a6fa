"""What counts of a folder of results: which attempt, late days, and what a person decided in `overrides.csv`.

Every grade that leaves a folder of results, for a page, a table or a platform, has gone through a `Desk`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol, overload, runtime_checkable

import msgspec

from capas.course.grade_terms import GradeTerms
from capas.files import UserErrors
from capas.grading.decided import ALL, LATE_DAYS, Decision, HandIn, Lateness, counted
from capas.grading.result import Result
from capas.run.attempts import Turn, by_student, given_id, turns_of
from capas.run.overrides import NOTE, OVERRIDES, Row, number, read_rows
from capas.run.people import People, Person, folded
from capas.submission.canvas_names import read_name
from capas.submission.manifest import Entry, Manifest, read_manifest
from capas.texts.plain import one_line
from capas.texts.points import points_text
from capas.texts.wording import listed


class Desk(msgspec.Struct, frozen=True):
    """The decisions of each student, how late each submission came, whose it is, and what the course says of that.

    A student goes by the id of the submission that was handed in last.
    """

    decisions: dict[str, list[Decision]] = {}
    lateness: dict[str, Lateness] = {}
    rows: dict[str, dict[str, int]] = {}
    """Of each student's question that is decided, the number of its row."""
    terms: GradeTerms = GradeTerms()
    turns: dict[str, Turn] = {}
    """Of students with several submissions of different ids, whose each is and in which turn it came."""

    def student(self, submission: str) -> str:
        """Return the student of a submission."""
        given = given_id(submission)
        turn = self.turns.get(given)
        return turn.student if turn else given

    def may_count(self, submissions: Iterable[str]) -> list[str]:
        """Return those of ``submissions`` that may count: of each student the last, or all, as the course's rule is."""
        each = by_student(submissions, self.turns)
        return [name for several in each for name in (several[-1:] if self.terms.attempts == "last" else several)]

    def decide(self, hand_ins: Sequence[Result]) -> Result:
        """Return the result of a student as it counts, of all that they handed in, in order."""
        student = self.student(hand_ins[-1].submission)
        each = [HandIn(result, self.lateness.get(given_id(result.submission))) for result in hand_ins]
        return counted(each, self.decisions.get(student, []), self.terms)


NOTHING_DECIDED = Desk()


@runtime_checkable
class ByName(Protocol):
    """Where results can be read one at a time, such as a journal."""

    def submissions(self) -> list[str]:
        """Return whose results there are."""
        ...

    def of(self, submission: str) -> Result:
        """Return the result of one submission."""
        ...


class DecidedResults(Sequence[Result]):
    """One result of each student, as it counts, made when it is asked for, so that a class need not be in memory."""

    def __init__(self, results: "ByName | Sequence[Result]", desk: Desk):
        self._desk = desk
        self._of: Callable[[str], Result]
        if isinstance(results, ByName):
            names, self._of = results.submissions(), results.of
        else:
            by_name = {result.submission: result for result in results}
            names, self._of = list(by_name), by_name.__getitem__
        self._students = by_student(names, desk.turns)

    @property
    def submissions(self) -> list[str]:
        """The ids under which the students' results are told."""
        return [several[-1] for several in self._students]

    def _decided(self, submissions: Sequence[str]) -> Result:
        return self._desk.decide([self._of(name) for name in submissions])

    def __len__(self) -> int:
        return len(self._students)

    def __iter__(self) -> Iterator[Result]:
        return map(self._decided, self._students)

    @overload
    def __getitem__(self, index: int) -> Result: ...
    @overload
    def __getitem__(self, index: slice) -> list[Result]: ...
    def __getitem__(self, index: int | slice) -> Result | list[Result]:
        if isinstance(index, int):
            return self._decided(self._students[index])
        return list(map(self._decided, self._students[index]))


def open_desk(folder: Path, results: Iterable[Result], terms: GradeTerms) -> Desk:
    """Return what was decided of the results in ``folder``.

    Raises:
        UserErrors: when `overrides.csv` is not right, a line for each row.
    """
    manifest = read_manifest(folder)
    return make_desk(folder, people_of(results, manifest), terms)


def people_of(results: Iterable[Result], manifest: Manifest | None) -> list[Person]:
    """Return whose results these are."""
    entries = manifest.by_submission() if manifest else {}
    return [
        Person(
            result.submission,
            result.file,
            result.points,
            {question.name: question.points for question in result.questions},
            entries.get(result.submission) or entry_by_name(result.submission, result.file),
        )
        for result in results
    ]


def entry_by_name(submission: str, file: str) -> Entry | None:
    """Return whose a submission is by the name of its file, as Canvas gave it; graded without `collect`, say."""
    read = read_name(file)
    if read is None or not read.attachment:
        return None
    return Entry(
        file,
        "collected",
        id=submission,
        file=read.file,
        user=read.user,
        attachment=read.attachment,
        name=read.name,
        anonymous=read.anonymous,
        late=read.late,
    )


def make_desk(folder: Path, people: Sequence[Person], terms: GradeTerms) -> Desk:
    """Return what was decided of the submissions of ``people``, whether or not they are graded yet."""
    entries = {person.submission: person.entry for person in people if person.entry}
    decisions, rows = read_decisions(folder, people, terms)
    lateness = {name: late for name, entry in entries.items() if (late := lateness_of(entry, terms))}
    return Desk(decisions, lateness, rows, terms, turns_of(entries))


def lateness_of(entry: Entry, terms: GradeTerms) -> Lateness | None:
    """Return how late a submission came: as its platform says, else by the due date; None where it was in time."""
    if entry.seconds_late is not None:
        return Lateness(entry.seconds_late) if entry.seconds_late > 0 else None
    if entry.submitted is not None and terms.due is not None:
        seconds = (entry.submitted - terms.due).total_seconds()
        return Lateness(seconds) if seconds > 0 else None
    return Lateness(None) if entry.late else None


def read_decisions(
    folder: Path, people: Sequence[Person], terms: GradeTerms
) -> tuple[dict[str, list[Decision]], dict[str, dict[str, int]]]:
    """Return the decisions in `overrides.csv`, by submission, and the number of each one's row.

    Raises:
        UserErrors: when one row is not right; all that are not are told, and none counts.
    """
    rows = read_rows(folder)
    if not rows:
        return {}, {}
    reader = _RowReader(People(people), terms)
    errors = [(row.number, error) for row in rows if (error := reader.take(row))]
    if errors:
        path = folder / OVERRIDES
        raise UserErrors([f"{path}, row {place}: {error}" for place, error in errors])
    return reader.decisions, reader.rows


class _RowReader:
    """Takes rows one after the other, and says of each what is wrong with it."""

    def __init__(self, people: People, terms: GradeTerms):
        self._people = people
        self._terms = terms
        self.rows: defaultdict[str, dict[str, int]] = defaultdict(dict)
        self.decisions: defaultdict[str, list[Decision]] = defaultdict(list)

    def take(self, row: Row) -> str:
        """Keep the decision of a row; return what is wrong with it, "" where nothing is."""
        found = self._people.find(row.student) if row.student else []
        if len(found) != 1:
            return _tell_nobody(row, found)
        (person,) = found
        question = _question(row.question, person.questions)
        if question is None:
            return (
                f"no question `{_shown(row.question)}` in the result of {person.submission}; it has "
                f"{', '.join(person.questions)}, and there are `{ALL}` and `{LATE_DAYS}`"
            )
        earlier = self.rows[person.submission].setdefault(question, row.number)
        if earlier != row.number:
            return f"row {earlier} is of {question} of {person.submission}, too; keep one of the two"
        if folded(row.points) == NOTE:
            return self._take_note(row, question, person)
        points = number(row.points)
        if points is None:
            return (
                f"the points are {_shown(row.points) or 'missing'}; expected a number not below 0, like 4.5 or 4,5, or "
                f"`{NOTE}` where only the reason is told"
            )
        if error := self._refused(points, question, person):
            return error
        self.decisions[person.submission].append(Decision(question, points, row.reason))
        return ""

    def _take_note(self, row: Row, question: str, person: Person) -> str:
        if question == LATE_DAYS:
            return f"`{LATE_DAYS}` with a `{NOTE}`; a note is of a question, or of `{ALL}`"
        if not row.reason:
            return f"a `{NOTE}` without a reason; the reason is what the student is told"
        self.decisions[person.submission].append(Decision(question, 0.0, row.reason, is_note=True))
        return ""

    def _refused(self, points: float, question: str, person: Person) -> str:
        if question == LATE_DAYS:
            if self._terms.rule is None:
                return f"`{LATE_DAYS}`, but course.toml says nothing of late days; add [late] there, or remove the row"
            return "" if points.is_integer() and points < 1000 else "late days are counted in whole numbers below 1000"
        most = person.points if question == ALL else person.questions[question]
        if points <= most + 1e-9:
            return ""
        return (
            f"{points_text(points)} points are above the {points_text(most)} that {question} has; points beyond "
            "that are given where grades are kept, as an assignment of their own"
        )


def _question(text: str, questions: Mapping[str, float]) -> str | None:
    """Return what a cell names: a question, `ALL` or `LATE_DAYS`; None where it is nothing of these."""
    known = {folded(name): name for name in (*questions, ALL, LATE_DAYS)}
    return known.get(folded(text)) if text else ALL


def _tell_nobody(row: Row, found: list[Person]) -> str:
    if not row.student:
        return "no student; write the id of a submission, as in grades.csv"
    if not found:
        return f"no submission of {_shown(row.student)}; write its id, as in grades.csv"
    known = listed([person.shown() for person in found], 3)
    return f"{_shown(row.student)} may be any of {len(found)}: {known}; write the id of one"


def _shown(text: str) -> str:
    text = one_line(text)
    return text if len(text) <= 60 else f"{text[:59]}…"
