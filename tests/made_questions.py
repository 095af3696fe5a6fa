"""Two questions that the tests of judging make up: their test files, and what is right."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from capas.grading.cases import JudgeFile, load_test_file

NAMES = ("first", "second")
HEAD = """
import numpy as np
from otter.test_files import test_case
from capas_check import call

OK_FORMAT = False
name = "NAME"
points = 3


def square(x):
    return np.asarray(x) ** 2


@test_case(points=1)
def public(NAME):
    call(NAME, square, [1.0, 2.0]).returns([2.0, 8.0]).leaves_arguments().warns_nothing()
"""
"""How a test file begins whose function doubles what another makes of numbers; its public case may go on."""


def made_test_files(cases: str, folder: Path) -> list[JudgeFile]:
    """Return a test file a question, written into ``folder``: NAME in ``cases`` is its function."""
    for name in NAMES:
        (folder / f"{name}.py").write_text(cases.replace("NAME", name), encoding="utf-8")
    return [load_test_file(folder / f"{name}.py") for name in NAMES]


def made_reference(sources: Sequence[str]) -> dict[str, Any]:
    """Return the functions that ``sources`` define under the names of the questions."""
    names: dict[str, Any] = {}
    exec("\n".join(sources), names)
    return {name: names[name] for name in NAMES}
