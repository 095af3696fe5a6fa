"""How values are written in a message."""

import datetime
import math
from typing import Any

import numpy as np
import pandas as pd
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
        ({}, "{}"),
        ({0.1 + 0.2: [1 / 3]}, "{0.3: [0.333333]}"),
        ({"b", "a", "c"}, "{'a', 'b', 'c'}"),
        (frozenset([2, 1]), "{1, 2}"),
        (set(), "set()"),
        ("a  ,b [ c ] ", "'a  ,b [ c ] '"),
        ("a\u00a0b\n", r"'a\xa0b\n'"),
        (b"a", "b'a'"),
        (datetime.date(2024, 2, 29), "datetime.date(2024, 2, 29)"),
        (np.array(["a  b", "c"]), "['a  b', 'c']"),
        (pd.DataFrame({"t": [0, 1], "y": [0.1 + 0.2, None]}), "DataFrame({'t': [0, 1], 'y': [0.3, nan]})"),
        (pd.DataFrame({"t": range(9)}), "DataFrame({'t': [0, 1, 2, 3, 4, …]})"),
        (pd.DataFrame({"t": [1]}, index=["a"]), "DataFrame({'t': [1]}, index=['a'])"),
        (pd.Series(["a", "b"], name="c"), "Series(['a', 'b'], name='c')"),
        (pd.RangeIndex(3), "Index([0, 1, 2])"),
        (pd.DataFrame(), "DataFrame({})"),
        (pd.NaT, "NaT"),
        (pd.NA, "<NA>"),
        (pd.Timestamp("2024-01-01"), "Timestamp('2024-01-01 00:00:00')"),
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


class Shy:
    """An object whose class decides nothing of what is told."""

    form = "sly"

    def __repr__(self) -> str:
        raise ZeroDivisionError

    def __eq__(self, other: object) -> bool:
        raise ZeroDivisionError

    __hash__ = object.__hash__


def test_an_object_is_named_by_its_type_alone() -> None:
    assert show(Shy()) == "<Shy>"
    assert show([Shy(), {"a": (Shy(),)}, {Shy()}]) == "[<Shy>, {'a': (<Shy>,)}, {<Shy>}]"


def test_a_list_that_holds_itself_is_named_by_its_type() -> None:
    endless: list[Any] = []
    endless.append(endless)
    assert show(endless) == "<list>"


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
