"""The loader of students' own checks is as forgiving as that of grading: the same names are there afterwards."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capas.sandbox.cells import CellRunner
from capas_check.notebook import receipt
from capas_check.zero import run_cell, statements

SOURCES = [
    "a = 1\nb = 2\n",
    "a = 1\nb = 1 / 0\nc = 3\nprint(4)\nd = a\n",
    "a = 1\n1 / 0\na += 1\ndef f():\n    return a\n",
    "def f():\n    return 1\n\ndef g(:\n    return 2\n\ndef h():\n    return 3\n",
    "a = 1\nfor x in\nb = 2\n",
    "import math, no_such_module\nb = 2\n",
    "raise SystemExit\na = 1\n",
    "import functools\n1 / 0\n@functools.cache\ndef f():\n    return 1\n",
    "class A:\n    x = 1\n    y = 1 / 0\nb = 1\n",
    "x = (1,\ndef f():\n    return 1\n",
    "async def f():\n    return 1\nvalue = await f()\n",
    "if True:\n    a = 1\n",
    "from __future__ import annotations\na = 1\n",
    "a = 'open\ndef f():\n    return 1\n",
    "",
    "# nothing\n",
    "\tx = 1\n",
    "a = 1\x00\n",
]


def names_of(namespace: dict[str, Any]) -> set[str]:
    return {name for name in namespace if not name.startswith("__")}


@pytest.mark.parametrize("source", SOURCES)
def test_a_cell_defines_here_what_it_defines_in_grading(source: str) -> None:
    here: dict[str, Any] = {"__name__": "__main__"}
    there: dict[str, Any] = {"__name__": "__main__"}
    errors = list(run_cell(source, here, 10.0))
    graded = CellRunner(there, 10.0, 60.0, lambda _cell, _error: None).run(source, 0)
    assert names_of(here) == names_of(there)
    assert bool(errors) == bool(graded)


def test_an_error_has_its_line() -> None:
    source = "a = 1\n\ndef f():\n    return 1 / 0\n\nf()\n"
    assert [line for line, _ in run_cell(source, {}, 10.0)] == [4]
    assert [line for line, _ in run_cell("a = 1\ndef g(:\n    pass\n\ndef h():\n    pass\n", {}, 10.0)] == [2]


def test_a_cell_has_one_deadline_and_what_follows_a_short_one() -> None:
    namespace: dict[str, Any] = {}
    errors = list(run_cell("a = 1\nwhile True:\n    pass\nb = 2\n", namespace, 0.3))
    assert len(errors) == 1
    assert names_of(namespace) == {"a", "b"}


@given(st.text(max_size=200))
def test_any_text_can_be_cut(source: str) -> None:
    assert isinstance(statements(source), list)


@given(st.lists(st.text(st.characters(exclude_characters="\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"), max_size=30)))
def test_a_receipt_is_of_the_code_and_not_of_ends_of_lines(lines: list[str]) -> None:
    sign = receipt(["\n".join(lines)])
    assert len(sign) == 8
    assert receipt(["\r\n".join(lines)]) == sign
    assert receipt(["  \n".join(lines)]) == sign
    assert receipt(["x", *lines]) != receipt(["y", *lines])
