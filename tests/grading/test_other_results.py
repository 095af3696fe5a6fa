"""What is told of answers that are not numbers: whether they are right, and which mistake does the same."""

import copy
import datetime
import os
import subprocess
import sys
from typing import Any

import numpy as np
import pandas as pd
import pytest

from capas.grading.diagnosis.comparison import pieces_of
from capas.grading.diagnosis.general import kinds_of
from capas.grading.diagnosis.outcome import Outcome
from capas.grading.kept import KeptCalls, LargeValue
from capas_check import call
from capas_check.fingerprint import distance, fingerprint


def outcome(value: Any) -> Outcome:
    calls = [call(lambda: value)]
    return Outcome([False], [fingerprint("value", calls)], [calls], ["value"], [False])


RIGHT = ["hi", b"hi", {"a": 1}, {1, 2}, None, [("a", 1.0)], {"a": [1.0, "b"]}, pd.DataFrame({"a": [1, 2]})]
OTHERS = ["ho", 1.0, [1.0, 2.0], [], {"a": 2}, {1, 3}, np.array(["a"]), pd.Series(["a"]), object(), 10**400]


@pytest.mark.parametrize("right", RIGHT)
def test_a_right_result_that_is_no_number_is_right_or_wrong_as_a_whole(right: Any) -> None:
    def reference() -> Any:
        return right

    (piece,) = pieces_of(outcome(copy.deepcopy(right)), reference)
    assert not piece.is_wrong
    for value in OTHERS:
        (piece,) = pieces_of(outcome(value), reference)
        assert piece.is_wrong
        assert not piece.compares
        assert isinstance(list(kinds_of(outcome(value), reference)), list)


def test_what_is_wrong_of_a_text_has_a_name() -> None:
    def reference(name: str) -> str:
        return f"Hello, {name}"

    def kinds(function: Any) -> list[str]:
        calls = [call(function, "Ana"), call(function, "Leo")]
        prints = [fingerprint("differs", calls)]
        return list(kinds_of(Outcome([False], prints, [calls], ["differs"], [False]), reference))

    assert "returns_nothing" in kinds(lambda _name: None)
    assert "gives_back_its_argument=name" in kinds(lambda name: name)
    assert not {"returns_nothing", "gives_back_its_argument=name"} & {*kinds(lambda name: name.upper())}


def test_one_that_is_numbers_still_is() -> None:
    (piece,) = pieces_of(outcome("ho"), lambda: 1.0)
    assert piece.is_wrong


SCRIPT = """
import sys
sys.path[:0] = {paths!r}
from capas.grading.kept import KeptCalls, LargeValue
from capas_check import call
from capas_check.fingerprint import distance, fingerprint
from capas.grading.kept import LargeValue
import pandas as pd
words = {{f"word {{number}}" for number in range(50)}}
values = [words, {{"a": words}}, [words], pd.DataFrame({{"a": sorted(words)}}), frozenset([("a", 1), ("b", 2)])]
print([fingerprint("", [call(lambda value=value: value)]) for value in values])
print([LargeValue(one).form for one in values])
"""


def test_fingerprints_of_sets_and_tables_are_the_same_in_every_process() -> None:
    said = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT.format(paths=sys.path)],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in (1, 2)
    }
    assert len(said) == 1
    assert "unlike any other" not in min(said)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a", "b"),
        ("1", 1),
        (b"a", "a"),
        ({1, 2}, {1, 3}),
        ({1, 2}, [1, 2]),
        ({"a": 1}, {"b": 1}),
        ({"a": "x"}, {"a": "y"}),
        ({"a": 1}, {"a": 2}),
        (datetime.date(2024, 1, 1), datetime.date(2024, 1, 2)),
        (np.array(["a"]), np.array(["b"])),
        (pd.DataFrame({"a": [1]}), pd.DataFrame({"b": [1]})),
        (pd.DataFrame({"a": [1]}), pd.DataFrame({"a": [1]}, index=[1])),
        (pd.Series(["a", "b"]), pd.Series(["a", "c"])),
        (pd.Series([1.0, None]), pd.Series([1.0, 2.0])),
        (pd.Series([1.0]), pd.Series(["a"])),
    ],
)
def test_other_results_have_other_fingerprints(one: Any, other: Any) -> None:
    prints = [fingerprint("differs", [call(lambda value=value: value)]) for value in (one, other)]
    assert distance(prints[:1], prints[1:]) is None
    again = fingerprint("differs", [call(lambda: copy.deepcopy(one))])
    assert distance([again], prints[:1]) == 0


@pytest.mark.parametrize("make", [lambda: pd.DataFrame({"a": [f"text {row}" for row in range(99_999)]})])
def test_a_large_table_is_kept_by_what_it_is_known_by(make: Any) -> None:
    calls = KeptCalls()
    calls.append(call(make))
    calls.append(call(make))
    calls.append(call(lambda: make().assign(a="other")))
    first, same, other = (one.result for one in calls)
    assert isinstance(first, LargeValue)
    assert first == same
    assert first != other
