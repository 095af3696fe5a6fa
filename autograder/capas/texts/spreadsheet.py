"""CSV as spreadsheets save it: in which encoding, and cut into cells."""

import csv
import io


def decode_csv(data: bytes) -> str:
    """Return the text of a file that a spreadsheet saved: in UTF-8 or UTF-16, else as Excel on Windows writes CSV."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def csv_rows(text: str, delimiter: str) -> list[list[str]]:
    """Return the cells of each row; none where a quote is opened and not closed."""
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return []
