"""The tables in the documentation are those of the attacks and channels, which tests prove."""

from channel import CHANNELS
from table import DOCUMENT, with_tables

from capas.sandbox.channels import CLOSED_FROM


def test_the_documented_tables_are_todays() -> None:
    # If not: python tests/attacks/table.py
    text = DOCUMENT.read_text(encoding="utf-8")
    assert with_tables(text) == text


def test_what_doctor_says_of_channels_is_what_is_proved() -> None:
    assert {channel.name: max(channel.closed.values(), default=0) for channel in CHANNELS} == CLOSED_FROM
