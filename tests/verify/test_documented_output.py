"""The cases that `docs/write-a-stage.md` shows of what is printed, written and drawn by chance do what it says."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from capas_check.grader import read_cases, run_case

DOCUMENT = Path(__file__).parents[2] / "docs" / "write-a-stage.md"


def cases_under(heading: str) -> list[Callable[..., None]]:
    section = DOCUMENT.read_text(encoding="utf-8").partition(f"\n#### {heading}\n")[2].partition("\n##")[0]
    (source,) = re.findall(r"^```python\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
    return read_cases(source.replace("from otter.test_files import test_case\n", ""), "documented.py")


def passing(heading: str, **functions: Any) -> list[bool]:
    return [run_case(case, functions).passed for case in cases_under(heading)]


def save_table(values: list[float], name: str) -> None:
    with open(name, "w") as file:
        file.writelines(f"{number},{value}\n" for number, value in enumerate(values, 1))
    print(f"{len(values)} rows in {name}")


def add_to_table(values: list[float], name: str) -> None:
    with open(name, "a") as file:
        file.writelines(f"{number},{value}\n" for number, value in enumerate(values, 1))


def test_what_is_printed_and_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert passing("What is printed, and files written", save_table=save_table) == [True, True, True]
    for path in tmp_path.iterdir():
        path.unlink()
    assert passing("What is printed, and files written", save_table=add_to_table) == [True, False, False]


def test_numbers_drawn_by_chance() -> None:
    heading = "Numbers drawn by chance"
    assert passing(heading, rolls=lambda n, rng: rng.integers(1, 7, n)) == [True] * 4
    assert passing(heading, rolls=lambda n, rng: rng.integers(1, 6, n)) == [True, False, False, True]
    fixed = passing(heading, rolls=lambda n, rng: np.random.default_rng(1).integers(1, 7, n))
    assert fixed == [True, True, True, False]
