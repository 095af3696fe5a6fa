"""What grading writes: one JSON file a submission, and `grades.csv`."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

import msgspec

from capas.texts.plain import spreadsheet_cell
from capas.texts.points import points_text

RESULTS, FEEDBACK = "results", "feedback"
"""In a folder of results: the folder of the results themselves, and that of what students get."""
KILLED = "killed"
"""The status of a result that says nothing of the submission: each process that graded it was killed from outside."""
FEEDBACK_ENDINGS = ("html", "ipynb", "py")
NOT_BEGUN = "not_begun"
"""The diagnosis of a question whose function is the stub that was handed out."""


class CaseResult(msgspec.Struct, forbid_unknown_fields=True):
    """One case. The message of a hidden one says no input and no expected value.

    ``kind`` is what kind of thing was wrong (see `capas_check`), "" where the case
    passed, did not run, or was judged by a program that did not store it yet.
    ``looks_at`` is what the case looks at, in words of the handout, "" where the stage does not say.
    """

    name: str
    hidden: bool
    points: float
    passed: bool
    kind: str = ""
    message: str = ""
    looks_at: str = ""


class QuestionResult(msgspec.Struct, forbid_unknown_fields=True):
    """One question with its cases."""

    name: str
    score: float
    points: float
    carried_forward: bool
    diagnosis: str | None
    cases: list[CaseResult]


class Isolation(msgspec.Struct, forbid_unknown_fields=True):
    """How the student's code was confined."""

    level: int
    layers: list[str]


class Result(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """The result of one submission, as in its file. ``message`` says what went wrong outside the cases.

    ``folder`` are the last folders that the file lay in, "" where that is not known. ``receipt`` are the eight signs
    that the student's own check showed of the same code, "" where there is none.
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


def encode_result(result: Result) -> bytes:
    """Return the bytes of a result's file."""
    return msgspec.json.format(msgspec.json.encode(result), indent=1) + b"\n"


def read_result(path: Path) -> Result:
    """Read a result's file.

    Raises:
        msgspec.MsgspecError: when it is not one.
    """
    return msgspec.json.decode(path.read_bytes(), type=Result)


def grades_csv(results: Iterable[Result], questions: list[str]) -> bytes:
    """Return `grades.csv`: one row a submission, in the order given, with the score of each question.

    Where a result has no such question, as it was graded with others, the cell is empty.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["submission", "file", "status", "score", "points", *questions, "receipt"])
    for result in results:
        scores = {question.name: points_text(question.score) for question in result.questions}
        writer.writerow(
            [
                spreadsheet_cell(result.submission),
                spreadsheet_cell(result.file),
                result.status,
                points_text(result.score),
                points_text(result.points),
                *(scores.get(name, "") for name in questions),
                result.receipt,
            ]
        )
    return text.getvalue().encode("utf-8")
