"""The table in the documentation is that of the attacks, which `test_attacks.py` proves."""

from table import DOCUMENT, section, section_of


def test_the_documented_table_is_todays() -> None:
    # If not: python tests/attacks/table.py
    assert section_of(DOCUMENT.read_text(encoding="utf-8")) == section()
