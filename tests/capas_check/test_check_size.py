"""What students run is a program that one reads in an hour."""

from pathlib import Path

import capas_check

MAX_LINES = 800
MAX_FILE_LINES = 300


def test_the_package_is_short() -> None:
    lines = {
        path.name: len(path.read_text(encoding="utf-8").splitlines())
        for path in Path(capas_check.__file__).parent.rglob("*.py")
    }
    assert sum(lines.values()) <= MAX_LINES
    assert max(lines.values()) <= MAX_FILE_LINES
