"""What grading writes: one JSON file a submission, and `grades.csv`."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import msgspec

from capas.texts.plain import spreadsheet_cell
from capas.texts.points import points_text, rounded

RESULTS, FEEDBACK = "results", "feedback"
"""In a folder of results: the folder of the results themselves, and that of what students get."""
KILLED = "killed"
"""The status of a result that says nothing of the submission: each process that graded it was killed from outside."""
FEEDBACK_ENDINGS = ("html", "ipynb", "py")
NOT_BEGUN = "not_begun"
"""The diagnosis of a question whose function is the stub that was handed out."""


MeasuredValue = int | float | list[int | float | list[int | float | None] | None] | None
"""A number, a list or a table of numbers; None for what is not finite."""


class CaseResult(msgspec.Struct, forbid_unknown_fields=True):
    """One case. The message of a hidden one says no input and no expected value.

    ``kind`` is what kind of thing was wrong (see `capas_check`), "" where the case
    passed, did not run, or was judged by a program that did not store it yet.
    ``looks_at`` is what the case looks at, in words of the handout, "" where the stage does not say.
    ``judged`` tells where: "outside" the sandbox, out of reach of the student's code, or "beside" that code.
    ``measures`` are the numbers that the case kept, by name, where it kept some (see `capas_check.measures`).
    """

    name: str
    hidden: bool
    points: float
    passed: bool
    kind: str = ""
    message: str = ""
    looks_at: str = ""
    judged: Literal["outside", "beside"] = "outside"
    measures: dict[str, MeasuredValue] | msgspec.UnsetType = msgspec.UNSET


class QuestionResult(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """One question with its cases. One that a person grades is ``manual``: no cases, but the student's ``answer``."""

    name: str
    score: float
    points: float
    carried_forward: bool
    diagnosis: str | None
    cases: list[CaseResult]
    manual: bool = False
    answer: str = ""


class GradeLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What changed the machine's score, by how much, and why.

    ``kind`` is an override of a ``question`` or of "all", points given "by hand" to a question that a person grades,
    the days that the submission was "late", which "attempt" counts, or a "note" to the student. ``given`` are the
    points that it set, of ``points`` there are; ``days`` those that count as late, and ``is_guess`` says that only
    that it was late is known. ``attempt`` counts of so many ``attempts``, by the course's ``rule``.
    """

    kind: Literal["question", "all", "by hand", "late", "attempt", "note"]
    change: float
    question: str = ""
    given: float = 0.0
    points: float = 0.0
    days: int = 0
    is_guess: bool = False
    reason: str = ""
    attempt: int = 0
    attempts: int = 0
    rule: str = ""


class Attempt(msgspec.Struct, frozen=True, omit_defaults=True):
    """One of several attempts of a student, as the machine graded it: its questions' score and points by name."""

    submission: str
    file: str
    score: float
    points: float
    questions: dict[str, tuple[float, float]]
    is_late: bool = False
    counts: bool = False


class Isolation(msgspec.Struct, forbid_unknown_fields=True):
    """How the student's code was confined."""

    level: int
    layers: list[str]


class Result(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """The result of one submission, as in its file. ``message`` says what went wrong outside the cases.

    ``folder`` are the last folders that the file lay in, "" where that is not known. ``receipt`` are the eight signs
    that the student's own check showed of the same code, "" where there is none. ``differs_from_otter`` says why
    `otter run` would give another score, or none, to a submission of a bundle of Otter's.
    """

    submission: str
    file: str
    sha256: str
    stage: str
    status: str
    score: float
    points: float
    questions: list[QuestionResult]
    isolation: Isolation
    capas: str
    message: str = ""
    folder: str = ""
    receipt: str = ""
    grade_lines: list[GradeLine] = []
    waiting: list[str] = []
    attempts: list[Attempt] = []
    """Of a student who handed in several times every attempt, in order; the result is that of the one that counts,
    under the id of the last."""
    pseudonym: str = ""
    """What the student wants to be called on a leaderboard."""
    differs_from_otter: str = ""

    @property
    def machine_score(self) -> float:
        """What the machine gave to what was handed in last, before anybody decided anything."""
        return rounded(self.score - sum(line.change for line in self.grade_lines))

    def measured(self, name: str) -> MeasuredValue:
        """Return what was measured under ``name``, by a hidden case where there is one; None where nothing was."""
        cases = [case for question in self.questions for case in question.cases if case.measures]
        cases.sort(key=lambda case: not case.hidden)
        values = [case.measures[name] for case in cases if case.measures and name in case.measures]
        return next((value for value in values if value is not None), None)

    @property
    def counted_submission(self) -> str:
        """The id of the submission that counts, which is another than the result's where an earlier attempt does."""
        return next((attempt.submission for attempt in self.attempts if attempt.counts), self.submission)

    @property
    def last_file(self) -> str:
        """The name of the file that was handed in last."""
        return self.attempts[-1].file if self.attempts else self.file


def encode_result(result: Result) -> bytes:
    """Return the bytes of a result's file."""
    return msgspec.json.format(msgspec.json.encode(result), indent=1) + b"\n"


def read_result(path: Path) -> Result:
    """Read a result's file.

    Raises:
        msgspec.MsgspecError: when it is not one.
    """
    result = msgspec.json.decode(path.read_bytes(), type=Result)
    if result.grade_lines or result.waiting or result.attempts:
        raise msgspec.ValidationError("a result's file holds what the machine gave, and nothing else")
    return result


def grades_csv(results: Iterable[Result], questions: list[str]) -> bytes:
    """Return `grades.csv`: one row a submission, in the order given, with the score of each question.

    Scores are those that count; what the machine gave and what a person decided is in the last columns. Where a
    result has no such question, as it was graded with others, or nobody graded it yet, the cell is empty.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    header = ["submission", "file", "status", "score", "points", *questions, "receipt"]
    writer.writerow([*header, "machine_score", "decided", "waiting"])
    for result in results:
        scores = {
            question.name: points_text(question.score)
            for question in result.questions
            if question.name not in result.waiting
        }
        writer.writerow(
            [
                spreadsheet_cell(result.submission),
                spreadsheet_cell(result.file),
                result.status,
                points_text(result.score),
                points_text(result.points),
                *(scores.get(name, "") for name in questions),
                result.receipt,
                points_text(result.machine_score),
                spreadsheet_cell("; ".join(map(line_text, result.grade_lines))),
                " ".join(result.waiting),
            ]
        )
    return text.getvalue().encode("utf-8")


def line_text(line: GradeLine) -> str:
    """Return a line of a grade for teachers: what it is about, by how much it changed the score, and why."""
    if line.kind == "note":
        return f"{line.question or 'all'} note: {line.reason}"
    sign = "+" if line.change > 0 else ""
    about = line.question or "all"
    if line.kind == "late":
        about = f"{line.days} {'day' if line.days == 1 else 'days'} late"
    elif line.kind == "attempt":
        about = f"attempt {line.attempt} of {line.attempts} counts ({line.rule})"
    about += " (only that it was late is known)" if line.is_guess else ""
    return f"{about} {sign}{points_text(line.change)}" + (f": {line.reason}" if line.reason else "")
