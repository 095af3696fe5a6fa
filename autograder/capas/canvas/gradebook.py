"""The gradebook's CSV, as Canvas exports it and as a Spanish Excel saves it again."""

import re
from collections import Counter
from pathlib import Path

import msgspec

from capas.files import UserError
from capas.texts.spreadsheet import csv_rows, decode_csv

EXCUSED, NOT_ASSIGNED = "EX", "N/A"
_NUMBER = re.compile(r"-?[0-9.,]*[0-9][0-9.,]*")
_ASSIGNMENT = re.compile(r"(?P<title>.*\S) \((?P<id>\d+)\)", re.DOTALL)
# Canvas names and finds these columns in English, in every language of its pages.
_HEADERS = "expected Student, ID, …, Section and the assignments; export the gradebook again"


class Column(msgspec.Struct, frozen=True):
    """An assignment's column."""

    index: int
    title: str
    id: str


class Student(msgspec.Struct, frozen=True):
    """A student's row: the cells as they stand in the file."""

    cells: list[str]
    name: str
    id: str


class Gradebook(msgspec.Struct, frozen=True):
    """An export; ``identity`` says how many columns, from the first, tell who a student is."""

    header: list[str]
    identity: int
    columns: list[Column]
    points: list[str]
    students: list[Student]

    def by_id(self) -> dict[str, Student]:
        """Return the students by Canvas's user id."""
        return {student.id: student for student in self.students}

    def cell(self, student: Student, header: str) -> str:
        """Return a student's cell of the identity column called ``header``, or "" where there is no such column."""
        titles = self.header[: self.identity]
        return student.cells[titles.index(header)].strip() if header in titles else ""

    def names(self) -> dict[str, str]:
        """Return the students' names by id, those of one name with section and login."""
        counts = Counter(student.name for student in self.students)
        names = {}
        for student in self.students:
            about = [self.cell(student, "Section"), self.cell(student, "SIS Login ID") or student.id]
            more = f" ({', '.join(filter(None, about))})" if counts[student.name] > 1 else ""
            names[student.id] = student.name + more
        return names

    def possible(self, column: Column) -> float | None:
        """Return the points of an assignment, or None where the export does not say."""
        return number(self.points[column.index]) if self.points else None


def number(cell: str) -> float | None:
    """Return the number in a cell as Canvas reads it, with a comma or a point before the decimals; None for others."""
    text = cell.strip()
    if not _NUMBER.fullmatch(text):
        return None
    *whole, decimals = re.split(r"[.,]", text)
    try:
        return float(".".join(["".join(whole), decimals]) if whole else decimals)
    except ValueError:
        return None


def read_gradebook(path: Path) -> Gradebook:
    """Read an export.

    Raises:
        UserError: when it is none, or Excel has spoilt the students' numbers.
    """
    try:
        text = decode_csv(path.read_bytes())
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}; give the gradebook that Canvas exports") from None
    for delimiter in ",;\t":
        rows = [row for row in csv_rows(text, delimiter) if any(cell.strip() for cell in row)]
        identity = _identity_columns(rows[0]) if rows else 0
        if identity:
            return _gradebook(path, rows, identity)
    raise UserError(f"{path} is not a gradebook of Canvas: {_HEADERS}")


def _identity_columns(header: list[str]) -> int:
    titles = [title.strip() for title in header]
    named = titles[:2] == ["Student", "ID"] or titles[:3] == ["LastName", "FirstName", "ID"]
    return titles.index("Section") + 1 if named and "Section" in titles else 0


def _gradebook(path: Path, rows: list[list[str]], identity: int) -> Gradebook:
    header = rows[0]
    id_column = [title.strip() for title in header].index("ID")
    columns = [
        Column(index, match["title"], match["id"])
        for index, title in enumerate(header)
        if index >= identity and (match := _ASSIGNMENT.fullmatch(title.strip()))
    ]
    points: list[str] = []
    students: list[Student] = []
    for number_of_row, short in enumerate(rows[1:], start=2):
        row = short + [""] * (len(header) - len(short))
        if "Points Possible" in row[0]:
            points = row
            continue
        if all(re.fullmatch(r"\s*((Muted|Manual Posting).*)?\s*", cell) for cell in row):
            continue
        user = row[id_column].strip()
        if not user:
            # Canvas's own "Student, Test" has a number; a row without one is nobody we could have graded.
            continue
        if not user.isascii() or not user.isdigit():
            raise UserError(
                f"{path}, row {number_of_row}: the ID {user!r} is not a whole number, perhaps since a spreadsheet "
                "saved the file; export the gradebook again"
            )
        students.append(Student(row, ", ".join(row[:id_column]), user))
    doubled = [user for user, count in Counter(student.id for student in students).items() if count > 1]
    if doubled:
        raise UserError(f"{path}: more than one row has the ID {', '.join(sorted(doubled))}; export it again")
    return Gradebook(header, identity, columns, points, students)
