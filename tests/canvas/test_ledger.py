"""The ledger of what was given, on disk."""

from pathlib import Path

import pytest

from capas.canvas.ledger import LEDGER, Ledger, Record, read_ledger
from capas.files import UserError


def test_the_ledger_survives_a_line_that_was_cut_off(tmp_path: Path) -> None:
    record = Record("https://canvas", 1, 2, 3, 1, "abc", "done")
    with Ledger(tmp_path) as ledger:
        ledger.add([record])
    path = tmp_path / LEDGER
    path.write_bytes(path.read_bytes() + b'{"canvas":"https://can')
    with Ledger(tmp_path) as ledger:
        ledger.add([Record("https://canvas", 1, 2, 4, 1, "abc", "asked")])
        with pytest.raises(UserError, match="at work"):
            Ledger(tmp_path)
    assert {key[3]: one.state for key, one in read_ledger(tmp_path).items()} == {3: "done", 4: "asked"}
