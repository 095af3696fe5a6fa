"""The tables in the documentation are those of the attacks and channels, which tests prove."""

from table import DOCUMENT, with_tables


def test_the_documented_tables_are_todays() -> None:
    # If not: python tests/attacks/table.py
    text = DOCUMENT.read_text(encoding="utf-8")
    assert with_tables(text) == text
