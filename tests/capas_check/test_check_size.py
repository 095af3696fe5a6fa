"""What students run is a program that one reads in an hour."""

from pathlib import Path

import capas_check
from capas.bundle.check_modules import core_modules

MAX_LINES, MAX_LOOP_LINES = 820, 600
MAX_FILE_LINES = 300
LOOP = {"limit", "notebook", "script", "summary", "zero"}
"""What says whether an answer can be handed in. It does by itself what grading needs a whole room for, and is counted
for itself: running an answer from zero, forgivingly, with a limit; what is known of the notebook's file; watching."""


def lines_of_modules() -> dict[str, int]:
    paths = Path(capas_check.__file__).parent.rglob("*.py")
    return {path.stem: len(path.read_text(encoding="utf-8").splitlines()) for path in paths}


def test_the_package_is_short() -> None:
    lines = {module: length for module, length in lines_of_modules().items() if module in core_modules()}
    loop = sum(length for module, length in lines.items() if module in LOOP)
    assert set(lines) > LOOP
    assert sum(lines.values()) - loop <= MAX_LINES
    assert loop <= MAX_LOOP_LINES


def test_every_module_is_short() -> None:
    assert max(lines_of_modules().values()) <= MAX_FILE_LINES
