"""From results and an exported gradebook to a CSV that Canvas imports, with all that it would change."""

import csv
import io
from collections.abc import Collection

import msgspec

from capas.canvas.gradebook import EXCUSED, NOT_ASSIGNED, Column, Gradebook, Student, number
from capas.canvas.results_by_student import Graded
from capas.canvas.roster import Roster
from capas.files import UserError
from capas.grading.result import Result
from capas.texts.points import points_text


class Change(msgspec.Struct, frozen=True):
    """A grade for a student: what Canvas has now, and what it would have."""

    student: Student
    old: str
    new: str
    result: Result


class Difference(msgspec.Struct):
    """Everything the CSV would do and would not do."""

    column: Column
    possible: float | None
    new: list[Change]
    changed: list[Change]
    unchanged: list[Change]
    excused: list[Change]
    not_assigned: list[Change]
    unmatched: list[Result]
    above: list[Change]
    waiting: list[Change]
    """Those with a text that nobody has graded yet; they keep what they have."""
    without: list[Student]
    """Students of the gradebook without a submission; nothing is written for them."""
    names: dict[str, str]
    """As `Gradebook.names` has them."""


def find_column(gradebook: Gradebook, assignment: str, titles: Collection[str]) -> Column:
    """Return the column to be written: of this id, else of one of these titles, else the only one.

    Raises:
        UserError: when that is none, or not one alone.
    """
    columns = gradebook.columns
    listed = "; ".join(f"{column.id} {column.title}" for column in columns) or "none"
    if assignment:
        wanted = [column for column in columns if column.id == assignment]
        if len(wanted) != 1:
            raise UserError(f"the gradebook has no assignment with the ID {assignment}; it has: {listed}")
        return wanted[0]
    titled = [column for column in columns if column.title in titles]
    if len(titled) == 1:
        return titled[0]
    if len(columns) == 1:
        return columns[0]
    raise UserError(f"cannot tell which assignment of the gradebook is meant; name it with --assignment ID: {listed}")


def compare(graded: Graded, gradebook: Gradebook, column: Column) -> Difference:
    """Return what the results would change in a column."""
    possible = gradebook.possible(column)
    difference = Difference(column, possible, [], [], [], [], [], list(graded.unknown), [], [], [], gradebook.names())
    roster = Roster(gradebook)
    seen: set[str] = set()
    for result, entry in graded.results:
        students = roster.find(graded.platform, entry)
        if not students:
            difference.unmatched.append(result)
        for student in students:
            if student.id not in seen:
                seen.add(student.id)
                _sort_in(difference, Change(student, student.cells[column.index].strip(), score(result), result))
    difference.without = [student for student in gradebook.students if student.id not in seen]
    return difference


def _sort_in(difference: Difference, change: Change) -> None:
    if change.result.waiting:
        difference.waiting.append(change)
        return
    if difference.possible is not None and change.result.score > difference.possible:
        difference.above.append(change)
    if change.old.upper() == EXCUSED:
        difference.excused.append(change)
        return
    if change.old.upper() == NOT_ASSIGNED:
        difference.not_assigned.append(change)
        return
    old = number(change.old)
    if old is not None and f"{old:.2f}" == f"{change.result.score:.2f}":
        difference.unchanged.append(change)
        return
    if change.old in ("", "-"):
        difference.new.append(change)
    else:
        difference.changed.append(change)


def score(result: Result) -> str:
    """Return a score as it is written for Canvas: exact, with a point before the decimals."""
    return points_text(result.score)


def grades_csv(gradebook: Gradebook, difference: Difference, force: bool) -> bytes:
    """Return the CSV: the identity columns as they were, and the one column, for those whose grade changes.

    A grade that stands in Canvas already is written over only with ``force``.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    index = difference.column.index
    writer.writerow([*gradebook.header[: gradebook.identity], gradebook.header[index]])
    if gradebook.points:
        possible = number(gradebook.points[index])
        points = gradebook.points[index] if possible is None else points_text(possible)
        writer.writerow([*gradebook.points[: gradebook.identity], points])
    changes = {change.student.id: change for change in to_write(difference, force)}
    for student in gradebook.students:
        if student.id in changes:
            writer.writerow([*student.cells[: gradebook.identity], changes[student.id].new])
    return text.getvalue().encode("utf-8")


def to_write(difference: Difference, force: bool) -> list[Change]:
    """Return the changes that go into the CSV."""
    return [*difference.new, *(difference.changed if force else [])]
