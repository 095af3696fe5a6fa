"""What a statement tells of a value is the same where the student's code runs and where it is a judge's."""

import copy
import datetime
import types
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sandbox_calls import LONG

from capas.sandbox import Proxy, Sandbox, Zygote
from capas.sandbox.loading import ProgramSource
from capas_check import CheckFailure, call
from capas_check.fingerprint import fingerprint
from capas_check.texts import load_texts

PROGRAM = """
import collections, datetime, enum, fractions
import numpy as np
import pandas as pd

class Pendulum:
    form = "a form of its own"
    def __repr__(self):
        return "'hi'"
    def __eq__(self, other):
        return True
    __hash__ = object.__hash__

class Color(enum.Enum):
    RED = 1

def f(source):
    return eval(source)

def spoil(source, x):
    exec(source)
    return 1
"""
EXPECTED: list[Any] = [
    "hi",
    "a\nb",
    b"hi",
    True,
    None,
    datetime.date(2024, 2, 29),
    ["a", "b"],
    ("a", 1.5),
    {"a", "b"},
    {1, 2.5},
    {"a": 1, "b": [1, 2]},
    {1: {"a"}},
    np.array(["a", "b"]),
    [True, False],
    pd.DataFrame({"t": [0, 1], "y": [0.5, np.nan]}),
    pd.Series(["a", "b"], index=["x", "y"], name="z"),
    pd.Index(["a", "b"]),
    1.5,
    [1, 2],
]
SOURCES = [
    *("'hi'", "'hi '", "'HI'", "'a\\nc'", "b'hi'", "np.str_('hi')", "True", "np.bool_(False)", "1", "1.5", "None"),
    *("datetime.date(2024, 3, 1)", "datetime.datetime(2024, 2, 29)", "['a', 'c']", "('a',)", "np.array(['a', 'c'])"),
    *(
        "{'a', 'b', 'c'}",
        "frozenset('ab')",
        "{1, 2.6}",
        "{'a': 1}",
        "{'a': 1, 'b': [1, 3]}",
        "collections.Counter('aab')",
    ),
    *("{1: {'b'}}", "np.array([True, True])", "range(3)", "pd.DataFrame({'t': [0, 1], 'y': [0.5, 1.5]})"),
    *(
        "pd.DataFrame({'t': [0, 1]})",
        "pd.DataFrame({'y': [0.5, None], 't': [0, 1]})",
        "pd.DataFrame({'t': ['0'], 'y': [1]})",
    ),
    *("pd.Series(['a', 'c'], index=['x', 'y'], name='z')", "pd.Series(['a', 'b'])", "pd.Index(['a', 'c'])"),
    *("pd.NaT", "pd.NA", "pd.Timestamp('2024-01-01')", "np.datetime64('2024-01-01')", "[None]", "float('nan')"),
    *("Pendulum()", "[Pendulum()]", "{'a': Pendulum(), 'b': 1}", "Color.RED", "{'a': {'b'}}", "1 + 2j", "2**70"),
]
UNSENDABLE = [
    "fractions.Fraction(1, 2)",
    "['a', fractions.Fraction(1, 2)]",
    "{'a': 1}.keys()",
    "(x for x in 'ab')",
    "len",
]


@pytest.fixture(scope="module")
def judged(zygote: Zygote) -> Iterator[Sandbox]:
    with Sandbox(zygote, LONG) as sandbox:
        assert not any(sandbox.load(ProgramSource([PROGRAM], tables=True)).errors)
        yield sandbox


@pytest.fixture(scope="module")
def here() -> types.ModuleType:
    module = types.ModuleType("student")
    exec(PROGRAM, vars(module))
    return module


def told(function: Any, source: str, expected: Any, *arguments: Any) -> tuple[Any, ...]:
    done = call(function, source, *arguments)
    try:
        done.returns(expected).leaves_arguments()
    except CheckFailure as failure:
        sentences = [failure.sentence(load_texts(language)) for language in ("es", "en")]
        return failure.kind, *sentences, fingerprint(failure.kind, [done])
    return ("passes",)


@pytest.mark.parametrize("source", SOURCES)
def test_every_difference_is_told_in_the_same_words(judged: Sandbox, here: types.ModuleType, source: str) -> None:
    for expected in EXPECTED[:-2]:
        assert told(here.f, source, expected) == told(Proxy(judged.call, "f"), source, expected)


@pytest.mark.parametrize("source", UNSENDABLE)
def test_so_is_what_cannot_travel(judged: Sandbox, here: types.ModuleType, source: str) -> None:
    for expected in EXPECTED[:-2]:
        mine, theirs = told(here.f, source, expected), told(Proxy(judged.call, "f"), source, expected)
        assert mine[:2] == theirs[:2] or "UnsendableResult" in theirs[1]
        assert mine[0] == theirs[0] == "type"


plain = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats(-9, 9) | st.text("ab \n", max_size=3) | st.dates(),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text("ab", max_size=2), inside, max_size=3),
    max_leaves=6,
) | st.sets(st.text("ab", max_size=2) | st.integers(-3, 3), max_size=3)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plain, plain)
def test_any_two_values_are_told_apart_in_the_same_words(
    judged: Sandbox, here: types.ModuleType, value: Any, expected: Any
) -> None:
    for one in (expected, copy.deepcopy(value)):
        assert told(here.f, repr(value), one) == told(Proxy(judged.call, "f"), repr(value), one)


@pytest.mark.parametrize(
    ("source", "argument"),
    [
        ("x.add(3)", {1}),
        ("x.clear()", {"a": {1}}),
        ("x['a'].add(2)", {"a": {1}}),
        ("x['z'] = 1", pd.DataFrame({"t": [0, 1]})),
        ("x.loc[1, 't'] = 5", pd.DataFrame({"t": [0, 1]})),
        ("x.iloc[0] = 'b'", pd.Series(["a"])),
        ("x.append(1)", [0]),
        ("pass", {"a": [{1}, np.array(["a"])]}),
        ("pass", pd.DataFrame({"t": [0, 1], "y": ["a", None]})),
    ],
)
def test_changed_arguments_are_told_in_the_same_words(
    judged: Sandbox, here: types.ModuleType, source: str, argument: Any
) -> None:
    mine, theirs = (told(one, source, 1, argument) for one in (here.spoil, Proxy(judged.call, "spoil")))
    assert mine == theirs
    assert (mine[0] == "passes") == (source == "pass")
