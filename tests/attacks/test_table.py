"""The table in docs/security.md is what the suite declares."""

from table import DOCUMENT, document


def test_the_table_is_todays() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document(), "run: python tests/attacks/table.py"
