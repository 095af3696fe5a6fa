"""Moodle's grading worksheet: the CSV that it gives for grading away from it, filled in with what counts."""

import csv
import io
import re
from collections import Counter
from pathlib import Path

import msgspec

from capas.canvas.annotated_files import summary
from capas.canvas.gradebook import number
from capas.canvas.results_by_student import Graded
from capas.files import UserError
from capas.grading.result import Result
from capas.run.overrides import read_table
from capas.texts.plain import clean
from capas.texts.points import points_text

_MAXIMUM = ("maximum grade", "calificación máxima")
"""How the column of the most points is called; that of the grade stands before it, that of comments last."""


class Worksheet(msgspec.Struct, frozen=True):
    """The worksheet: its columns, a row for each participant, and where the grade stands in them."""

    header: list[str]
    rows: list[list[str]]
    grade: int
    delimiter: str


class Entered(msgspec.Struct, frozen=True):
    """What becomes of a participant: what stands there, what would, and why it does not."""

    name: str
    old: str
    new: str
    why: str = ""


class Filled(msgspec.Struct, frozen=True):
    """The worksheet with grades and comments of those who get others, and of everybody what becomes of them."""

    data: bytes
    entered: list[Entered]
    kept: list[Entered]
    unmatched: list[Result]


def read_worksheet(path: Path) -> Worksheet | None:
    """Read a grading worksheet; None where the file is none.

    Raises:
        UserError: when it cannot be read.
    """
    table = read_table(path)
    titles = [title.strip().casefold() for title in table.header]
    places = [place for place, title in enumerate(titles) if title.startswith(_MAXIMUM)]
    if len(places) != 1 or places[0] < 3:
        return None
    rows = [cells + [""] * (len(titles) - len(cells)) for _, cells in table.rows]
    return Worksheet(table.header, rows, places[0] - 1, table.delimiter)


def fill(worksheet: Worksheet, graded: Graded, language: str, force: bool) -> Filled:
    """Return the worksheet with what counts, for those of its participants who have a result.

    Args:
        worksheet: as Moodle gave it.
        graded: the results, of submissions collected from Moodle.
        language: of the comments.
        force: write over grades that stand there.

    Raises:
        UserError: when the results are of another platform.
    """
    if graded.platform != "moodle":
        raise UserError(f"these results are of {graded.platform}, and the grading worksheet is Moodle's")
    results = {entry.user: result for result, entry in graded.results}
    named = Counter(row[1].strip() for row in worksheet.rows)
    entered, kept, rows, seen = [], [], [], set()
    for row in worksheet.rows:
        participant = re.search(r"(\d+)\s*$", row[0])
        result = results.get(participant[1]) if participant else None
        if result is None or participant is None:
            continue
        seen.add(participant[1])
        # Moodle's number tells people of one name apart.
        name = row[1].strip() if named[row[1].strip()] == 1 else f"{row[1].strip()} ({row[0].strip()})"
        one = _entered(worksheet, row, name, result, force)
        (kept if one.why else entered).append(one)
        if not one.why:
            rows.append(_filled_row(worksheet, row, one.new, result, language))
    text = io.StringIO()
    writer = csv.writer(text, delimiter=worksheet.delimiter, lineterminator="\r\n")
    writer.writerows([worksheet.header, *rows])
    unmatched = [result for user, result in results.items() if user not in seen]
    return Filled(text.getvalue().encode("utf-8-sig"), entered, kept, [*unmatched, *graded.unknown])


def _entered(worksheet: Worksheet, row: list[str], name: str, result: Result, force: bool) -> Entered:
    old, most = row[worksheet.grade].strip(), row[worksheet.grade + 1]
    new = points_text(result.score)
    new = new.replace(".", ",") if "," in most else new
    now, possible = number(old), number(most)
    if result.waiting:
        why = f"not graded by hand yet: {', '.join(result.waiting)}"
    elif possible is not None and result.score > possible:
        why = f"above Moodle's maximum of {points_text(possible)}; set it there to {points_text(result.points)}"
    elif now is not None and f"{now:.2f}" == f"{result.score:.2f}":
        why = "as it should be already"
    elif now is not None and not force:
        why = "another grade stands in Moodle; --force writes it over"
    else:
        why = ""
    return Entered(name, old, new, why)


def _filled_row(worksheet: Worksheet, row: list[str], grade: str, result: Result, language: str) -> list[str]:
    filled = list(row)
    filled[worksheet.grade] = grade
    if len(worksheet.header) > worksheet.grade + 4:
        # Moodle shows it as text of a page.
        filled[-1] = "<br>".join(clean(_escaped(line)) for line in summary(result, language).split("\n"))
    return filled


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
