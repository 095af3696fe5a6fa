"""From results and an exported gradebook to a CSV that Canvas imports, with all that it would change."""

import csv
import io
from collections.abc import Collection
from pathlib import PurePosixPath

import msgspec

from capas.canvas.gradebook import EXCUSED, NOT_ASSIGNED, Column, Gradebook, Student, number
from capas.canvas.results_by_student import Graded
from capas.files import UserError
from capas.grading.result import Result
from capas.submission.canvas_names import read_name
from capas.submission.manifest import Entry
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
    not_graded: list[Change]
    without: list[Student]
    """Students of the gradebook without a submission; nothing is written for them."""


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
    difference = Difference(column, possible, [], [], [], [], [], list(graded.unknown), [], [], [])
    find = _finder(gradebook)
    seen: set[str] = set()
    for result, entry in graded.results:
        keys = _keys(graded.platform, entry) + _other_readings(graded.platform, entry, gradebook)
        students = [student for key in keys if (student := find.get(key)) is not None]
        if not students:
            difference.unmatched.append(result)
        for student in students:
            if student.id not in seen:
                seen.add(student.id)
                _sort_in(difference, Change(student, student.cells[column.index].strip(), score(result), result))
    difference.without = [student for student in gradebook.students if student.id not in seen]
    return difference


def _sort_in(difference: Difference, change: Change) -> None:
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
    if change.result.status != "graded":
        difference.not_graded.append(change)
    if change.old in ("", "-"):
        difference.new.append(change)
    else:
        difference.changed.append(change)


def score(result: Result) -> str:
    """Return a score as it is written for Canvas: exact, with a point before the decimals."""
    return points_text(result.score)


def _keys(platform: str, entry: Entry) -> list[tuple[str, str]]:
    """Return what may tell the students of a submission, as `_finder` has them: numbers and addresses, never names."""
    if platform == "canvas":
        return [("id", entry.user), *(("id", member) for member in entry.members)]
    if platform == "gradescope":
        numbers = [key for key in (entry.user, *entry.members) if key]
        return [*((kind, key) for key in numbers for kind in ("sis", "login")), ("login", entry.email)]
    return []


def _other_readings(platform: str, entry: Entry, gradebook: Gradebook) -> list[tuple[str, str]]:
    """Return whose a submission is if its name, with a number more than usual, is read as the gradebook says."""
    known = gradebook.by_id()
    if platform != "canvas" or entry.user in known:
        return []
    read = read_name(PurePosixPath(entry.source).name, known)
    return [("id", read.user)] if read else []


def _finder(gradebook: Gradebook) -> dict[tuple[str, str], Student]:
    students = {}
    for student in gradebook.students:
        students["id", student.id] = student
        for kind, header in (("sis", "SIS User ID"), ("login", "SIS Login ID")):
            if cell := gradebook.cell(student, header):
                students[kind, cell] = student
    return students


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
