"""Nobody returned a variable's value: no sentence about one says so, whatever differs."""

import datetime
import re
from typing import Any

import numpy as np
import pandas as pd
import pytest

from capas_check import Call, CheckFailure, call
from capas_check.objects import attribute
from capas_check.texts import Texts, load_texts
from capas_check.variables import variable

FALL = pd.DataFrame({"t": [0, 1], "y": [1.0, 2.5]})

DIFFERENT: list[tuple[Any, Any]] = [
    (None, 1.0),
    (3.0, 4.0),
    ("3", 4.0),
    (True, 4.0),
    ([1.0, 2.0], 4.0),
    ([1.0], [1.0, np.array([2.0, 3.0])]),
    (3.0, [1.0, np.array([2.0, 3.0])]),
    (np.zeros(2_000_000), 4.0),
    ((number for number in range(3)), 4.0),
    ("a", "b"),
    ("a\nb", "a\nc"),
    ("a  b", "a b"),
    ("A", "a"),
    (b"a", "a"),
    (datetime.date(2024, 2, 29), datetime.date(2024, 3, 1)),
    (["a"], ["a", "b"]),
    (["a", "c"], ["a", "b"]),
    ({1, 2}, {1, 3}),
    ({1}, {1, 2}),
    ({1, 2}, {1}),
    ({"a": 1}, {"b": 1}),
    ({"a": 1}, {"a": 1, "b": 1}),
    ({"a": 1, "b": 1}, {"a": 1}),
    ({"a": "x"}, {"a": "y"}),
    ({"a": None}, {"a": "y"}),
    (FALL[["t"]], FALL),
    (FALL.assign(v=1), FALL),
    (FALL.rename(columns={"t": "v"}), FALL),
    (FALL[["y", "t"]], FALL),
    (FALL.astype({"t": str}), FALL),
    (FALL[:1], FALL),
    (FALL.set_axis([3, 4]), FALL),
    (FALL.assign(y=0.0), FALL),
    (FALL["t"], FALL["y"]),
    (3, FALL),
]


class Box:
    """An object with an attribute."""

    def __init__(self, value: Any):
        self.value = value


def sentence(finished: Call, expected: Any, say: Texts) -> str:
    with pytest.raises(CheckFailure) as caught:
        finished.returns(expected)
    return caught.value.sentence(say)


@pytest.mark.parametrize(("language", "returned"), [("en", "return"), ("es", "devol|devuel")])
@pytest.mark.parametrize(("value", "expected"), DIFFERENT)
def test_no_sentence_about_a_value_says_that_it_was_returned(
    value: Any, expected: Any, language: str, returned: str
) -> None:
    say = load_texts(language)
    if value is not None:
        assert not re.search(returned, sentence(variable(gravity=value), expected, say))
    assert not re.search(returned, sentence(attribute(Box(value), "value"), expected, say))


def test_what_is_in_a_value_is_told_as_it_is() -> None:
    say = load_texts("en")
    told = sentence(variable(gravity="{call} returned {returned}"), "g", say)
    assert told.startswith("gravity is '{call} returned {returned}'; expected 'g'.")
    told = sentence(variable(ages={"ana": "x"}), {"ana": "y"}, say)
    assert told.startswith("element ['ana'] of ages is 'x'; expected 'y'.")


def test_of_a_call_it_is_told_what_it_returned() -> None:
    assert sentence(call(lambda: "x"), "y", load_texts("en")).startswith("<lambda>() returned 'x'; expected 'y'.")
