"""What Canvas makes of a CSV and of a name: the rules of its `gradebook_importer.rb` and uploads, written anew."""

import csv
import io
import re

from canvas_class import Member


class InvalidHeaderRow(Exception):
    """Canvas shows "Invalid header row"."""


def import_grades(data: bytes, members: list[Member], titles: dict[int, str]) -> dict[tuple[int, int], str]:
    """Return the cells that Canvas would take, by student and assignment.

    Raises:
        InvalidHeaderRow: when it would refuse the file.
        LookupError: when it would offer a new student or a new assignment.
    """
    text = data.decode("utf-8")
    first = text.splitlines()[:3]
    counts = {}
    for delimiter in ";,":
        try:
            widths = {len(next(csv.reader([line], delimiter=delimiter, strict=True))) for line in first}
        except csv.Error:
            widths = set()
        counts[delimiter] = widths.pop() if len(widths) == 1 else 0
    delimiter = ";" if counts[";"] > counts[","] else ","
    if text.startswith('\ufeff"'):
        raise InvalidHeaderRow
    rows = [[_decimal(cell) for cell in row] for row in csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)]
    header = rows[0]
    if len(header) <= 3 or "Student" not in header[0] or "ID" not in header[1]:
        raise InvalidHeaderRow
    width = 3
    if re.search(r"SIS\s+Login\s+ID", header[2]):
        width = 4
    elif re.search(r"SIS\s+User\s+ID", header[2]) and re.search(r"SIS\s+Login\s+ID", header[3]):
        width = 5 + ("Integration" in header[4])
        width += "Root Account" in header[width - 1]
    if "Section" not in header[width - 1]:
        raise InvalidHeaderRow
    columns = {index: _assignment(title, titles) for index, title in enumerate(header) if index >= width}
    taken = {}
    for row in rows[1:]:
        if "Points Possible" in row[0] or all(re.fullmatch(r"\s*(Muted|Manual Posting.*)?\s*", cell) for cell in row):
            continue
        student = _student(row, members)
        for index, assignment in columns.items():
            taken[student, assignment] = row[index].strip()
    return taken


def _decimal(cell: str) -> str:
    if not re.fullmatch(r"-?[0-9.,]+%?", cell):
        return cell
    *whole, last = re.split(r"[.,]", cell)
    return ".".join(["".join(whole), last]) if whole else last


def _assignment(header: str, titles: dict[int, str]) -> int:
    match = re.search(r"\((\d+)\)$", header)
    if match and int(match[1]) in titles:
        return int(match[1])
    (found,) = [number for number, title in titles.items() if title == header] or [None]
    if found is None:
        raise LookupError(f"a new assignment would be offered: {header}")
    return found


def _student(row: list[str], members: list[Member]) -> int:
    rules = (
        lambda member: row[1].isdigit() and member.id == int(row[1]),
        lambda member: member.sis == row[2],
        lambda member: member.login == row[3],
        lambda member: member.name == row[0],
    )
    for rule in rules:
        for member in members:
            if rule(member):
                return member.id
    raise LookupError(f"a new student would be offered: {row[0]}")


def upload_feedback(names: list[str], members: list[Member]) -> tuple[dict[int, str], list[str]]:
    """Return whose comment each file of "Upload Submissions" becomes, by user, and the names it ignores."""
    comments: dict[int, str] = {}
    ignored = []
    by_id = {member.id: member for member in members}
    for full in names:
        name = full.rpartition("/")[2]
        parts = name.split("_")
        numbers = [part for part in parts if re.fullmatch(r"[0-9]+", part)]
        user, attachment = (int(numbers[0]), int(numbers[1])) if len(numbers) > 1 else (0, 0)
        if parts[-1].startswith("link") or name.startswith("._"):
            attachment = 0
        if user in by_id and attachment in by_id[user].attachments:
            assert user not in comments, "two files for one student"
            comments[user] = full
        else:
            ignored.append(full)
    return comments, ignored
