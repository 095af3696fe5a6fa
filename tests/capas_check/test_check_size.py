"""What students run is a program that one reads in an hour."""

from pathlib import Path

import capas_check

MAX_LINES, MAX_LOOP_LINES = 800, 600
MAX_FILE_LINES = 300
LOOP = {"limit.py", "notebook.py", "script.py", "summary.py", "zero.py"}
"""What says whether an answer can be handed in. It does by itself what grading needs a whole room for, and is counted
for itself: running an answer from zero, forgivingly, with a limit; what is known of the notebook's file; watching."""


def test_the_package_is_short() -> None:
    lines = {
        path.name: len(path.read_text(encoding="utf-8").splitlines())
        for path in Path(capas_check.__file__).parent.rglob("*.py")
    }
    loop = sum(length for name, length in lines.items() if name in LOOP)
    assert sum(lines.values()) - loop <= MAX_LINES
    assert loop <= MAX_LOOP_LINES
    assert max(lines.values()) <= MAX_FILE_LINES
