"""`overrides.csv`: what a person decided, in a file that any spreadsheet may have saved, as others of ours may be."""

import re
from pathlib import Path

import msgspec

from capas.files import UserError, UserErrors
from capas.texts.spreadsheet import csv_rows, decode_csv

OVERRIDES = "overrides.csv"
NOTE = "note"
"""What stands for the points where nothing but the reason is told to the student."""
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?[;,\t]*\r?(\n|$)', re.IGNORECASE)
_NUMBER = re.compile(r"\+?([0-9]+([.,][0-9]*)?|[.,][0-9]+)")
_GUARDED = re.compile(r"^'(?=\s*[=+\-@＝＋－＠])")
"""What keeps a spreadsheet from taking a reason for a formula; no part of the reason."""
_CUT = "a comma seems to have cut a cell in two; write 4.5, or put 4,5 and a reason with a comma in quotes"


class Columns(msgspec.Struct, frozen=True):
    """What the columns of a file are named, which of them it must have, and how its first row may look."""

    names: tuple[str, ...]
    required: tuple[str, ...]
    example: str

    @property
    def told(self) -> str:
        """What is said where they are not there."""
        return f"its first row names the columns {self.example}"


COLUMNS = Columns(("student", "question", "points", "reason"), ("student", "points"), "student,question,points,reason")


class Row(msgspec.Struct, frozen=True):
    """A row that says something. ``number`` is the row's in a spreadsheet, where the names of the columns are row 1."""

    number: int
    student: str
    question: str
    points: str
    reason: str


class Table(msgspec.Struct, frozen=True):
    """The file as it is: the names of its columns, and every row that is not empty, whatever columns it has."""

    header: list[str]
    rows: list[tuple[int, list[str]]]
    delimiter: str = ","


def read_rows(folder: Path) -> list[Row]:
    """Return the rows of `overrides.csv` in ``folder``; none where there is no such file.

    Raises:
        UserErrors: when it is no table with these columns, a line for each row that is not understood.
    """
    return [
        Row(number, *(values.get(name, "") for name in COLUMNS.names))
        for number, values in read_cells(folder / OVERRIDES, COLUMNS)
    ]


def read_cells(path: Path, columns: Columns) -> list[tuple[int, dict[str, str]]]:
    """Return the rows of a file that say something, each with its number: its cells by the names of their columns.

    Raises:
        UserErrors: when it is no table with these columns, a line for each row that is not understood.
    """
    table = read_table(path, columns)
    places = _places(path, table.header, columns)
    cut = [number for number, cells in table.rows if _is_cut(cells, table, places)]
    if cut:
        raise UserErrors([f"{path}, row {number}: {_CUT}" for number in cut])
    rows = []
    for number, cells in table.rows:
        values = {name: cells[place].strip() if place < len(cells) else "" for name, place in places.items()}
        values["reason"] = _GUARDED.sub("", values.get("reason", ""))
        if any(values.values()):
            rows.append((number, values))
    return rows


def read_table(path: Path, columns: Columns = COLUMNS) -> Table:
    """Return the file's cells as they are, an empty table where there is no file.

    Raises:
        UserError: when it cannot be read as a table.
    """
    try:
        text = decode_csv(path.read_bytes())
    except FileNotFoundError:
        return Table([], [])
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}") from None
    told = _SEPARATOR_LINE.match(text)
    if told:
        text = text[told.end() :]
    tables = [_table(text, delimiter) for delimiter in (told[1] if told else ",;\t")]
    best = max(tables, key=lambda table: (len(set(columns.names) & set(_names(table.header))), len(table.header)))
    is_ours = set(columns.names) & set(_names(best.header))
    if text.strip() and not is_ours and not all(table.header for table in tables):
        raise UserError(f"{path} is no CSV: a quote in it is opened and not closed; {columns.told}")
    return best


def number(text: str) -> float | None:
    """Return the number in a cell, with a comma or a point before its decimals; None where it is none."""
    text = text.strip()
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def _table(text: str, delimiter: str) -> Table:
    rows = csv_rows(text, delimiter)
    numbered = [(index, cells) for index, cells in enumerate(rows, 1) if any(cell.strip() for cell in cells)]
    return Table(numbered[0][1], numbered[1:], delimiter) if numbered else Table([], [])


def _is_cut(cells: list[str], table: Table, places: dict[str, int]) -> bool:
    """Tell whether a comma that was meant, of decimals or of a sentence, was taken for one between cells."""
    if any(cell.strip() for cell in cells[len(table.header) :]):
        return True
    points, reason = (places.get(name, -1) for name in ("points", "reason"))
    if points < 0 or table.delimiter != "," or reason != points + 1 or reason >= len(cells):
        return False
    return all(cells[place].strip().isdecimal() for place in (points, reason))


def _names(header: list[str]) -> list[str]:
    return [name.strip().casefold() for name in header]


def _places(path: Path, header: list[str], columns: Columns) -> dict[str, int]:
    """Return where each of our columns is."""
    names = _names(header)
    if not names:
        return {}
    for name in columns.names:
        if names.count(name) > 1:
            raise UserError(f"{path}, row 1: two columns are named {name}; {columns.told}")
        if name in columns.required and name not in names:
            raise UserError(f"{path}, row 1: no column is named {name}; {columns.told}")
    return {name: names.index(name) for name in columns.names if name in names}
