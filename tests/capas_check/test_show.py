"""How values are written in a message."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from capas_check.show import MAX_CHARACTERS, show, show_apart


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "None"),
        (True, "True"),
        (np.False_, "False"),
        (3, "3"),
        (np.int8(-3), "-3"),
        (1.0, "1"),
        (0.1 + 0.2, "0.3"),
        (1 / 3, "0.333333"),
        (np.float32(0.1), "0.1"),
        (np.longdouble(0.5), "0.5"),
        (1e-12, "1e-12"),
        (-0.0, "-0"),
        (math.nan, "nan"),
        (-math.inf, "-inf"),
        (1 - 2j, "(1-2j)"),
        ("a\tb", r"'a\tb'"),
        ([], "[]"),
        ((), "()"),
        ((1,), "(1,)"),
        ([1, (2.0, [3])], "[1, (2, [3])]"),
        ({"a": 1}, "{'a': 1}"),
        (np.array(2.5), "2.5"),
        (np.array([]), "[]"),
        (np.array([1, 2]), "[1, 2]"),
        (np.array([[1.0, 2.0], [3.0, 4.5]]), "[[1., 2.], [3., 4.5]]"),
        (np.array([1 / 3, 1e-9]), "[0.3333, 0.]"),
        (np.array([math.nan, math.inf]), "[nan, inf]"),
        (np.arange(1000), "[0, 1, 2, ..., 997, 998, 999]"),
        (math.sqrt, "sqrt"),
        (int, "int"),
    ],
)
def test_a_value_is_shown_as_a_student_would_write_it(value: Any, shown: str) -> None:
    assert show(value) == shown


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.complex_numbers() | st.text() | st.binary(),
    lambda inside: st.lists(inside) | st.tuples(inside, inside) | st.dictionaries(st.text(), inside),
)


@given(values)
def test_any_value_is_shown_on_one_short_line(value: Any) -> None:
    shown = show(value)
    assert len(shown) <= MAX_CHARACTERS
    assert shown.splitlines() == [shown]


def test_a_long_value_is_cut_where_it_can_be_seen() -> None:
    shown = show(list(range(1000)))
    assert shown.startswith("[0, 1, 2, ")
    assert shown.endswith("…")
    assert len(shown) == MAX_CHARACTERS


def test_a_value_that_refuses_to_be_shown_is_named_by_its_type() -> None:
    class Shy:
        def __repr__(self) -> str:
            raise ZeroDivisionError

    assert show([Shy()]) == "<list>"
    assert show(Shy()) == "<Shy>"


@pytest.mark.parametrize(
    ("returned", "expected", "shown"),
    [
        ([0.5], [0.7], ("[0.5]", "[0.7]")),
        ([0.12345678], [0.12345], ("[0.12345678]", "[0.12345]")),
        ([1.0000000001], [1.0], ("[1.0000000001]", "[1.]")),
    ],
)
def test_values_that_differ_late_are_shown_with_more_digits(
    returned: list[float], expected: list[float], shown: tuple[str, str]
) -> None:
    assert show_apart(np.array(returned), np.array(expected)) == list(shown)


def test_values_that_do_not_differ_are_shown_all_the_same() -> None:
    assert show_apart(1.0, 1.0) == ["1", "1"]


@pytest.mark.parametrize(("shape", "text"), [((), "()"), ((3,), "(3,)"), ((2, np.int64(3)), "(2, 3)")])
def test_shapes_are_written_as_numpy_does(shape: Any, text: str) -> None:
    assert show(shape) == text
