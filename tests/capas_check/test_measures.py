"""What cases measure, and calls that they share."""

from typing import Any

import numpy as np
import pytest

from capas_check.grader import Grader, run_case
from capas_check.measures import MAX_MEASURES, MAX_POINTS, measure, once
from capas_check.statements import CheckFailure
from capas_check.texts import load_texts


def kept(value: Any) -> Any:
    run = run_case(lambda: measure("one", value), {})
    assert run.passed, run.message(load_texts("en"))
    return run.measures["one"].kept


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (0.9633333333, 0.963333),
        (np.float64(0.5), 0.5),
        (np.int64(4810), 4810),
        (True, 1),
        (np.nan, None),
        (-np.inf, None),
        ([0.5, np.nan, 1e-300], [0.5, None, 1e-300]),
        (np.eye(2, dtype=int), [[1, 0], [0, 1]]),
        ([], []),
    ],
)
def test_numbers_lists_and_tables_are_kept_as_plain_data(value: Any, wanted: Any) -> None:
    assert kept(value) == wanted
    assert type(kept(value)) is type(wanted)


def test_a_long_list_is_kept_from_end_to_end() -> None:
    found = kept(np.arange(100_000))
    assert (len(found), found[0], found[-1]) == (MAX_POINTS, 0, 99_999)


@pytest.mark.parametrize("value", ["many", None, np.zeros((31, 2)), np.zeros((2, 2, 2)), [[1], [1, 2]], 1j])
def test_what_is_no_number_list_or_table_fails_the_case(value: Any) -> None:
    run = run_case(lambda: measure("one", value, es="uno"), {})
    assert run.kind == "type"
    assert not run.measures
    assert run.message(load_texts("es")).startswith("uno se iba a medir con un número, una lista")


def test_a_measure_is_kept_when_it_does_not_suffice() -> None:
    run = run_case(lambda: measure("accuracy", 0.89996, es="aciertos").at_least(0.9), {})
    assert run.kind == "measure"
    assert run.measures["accuracy"].kept == 0.89996
    assert run.message(load_texts("es")) == "aciertos: 0.89996; se pide al menos 0.9."
    assert run.message(load_texts("en")) == "accuracy: 0.89996; at least 0.9 is asked for."


def test_bounds_hold_at_the_bound_and_never_for_what_is_not_finite() -> None:
    measure("one", 0.9).at_least(0.9).at_most(0.9)
    for value in (np.nan, np.inf):
        with pytest.raises(CheckFailure):
            measure("one", value).at_least(0)
    with pytest.raises(CheckFailure):
        measure("one", -np.inf).at_most(0)
    with pytest.raises(CheckFailure):
        measure("one", 5001).at_most(5000)


def test_names_are_plain_and_few() -> None:
    with pytest.raises(ValueError, match="lower-case"):
        measure("The accuracy", 1)
    with pytest.raises(ValueError, match="neither more nor less"):
        measure("curve", [1, 2]).at_least(1)
    run = run_case(lambda: [measure(f"m{number}", 1) for number in range(MAX_MEASURES + 1)], {})
    assert "may measure" in str(run.failure)
    assert len(run.measures) == MAX_MEASURES


CASES = """
from capas_check.measures import measure, once

@test_case(points=1)
def first(train):
    measure("result", once(train, 1).value, es="resultado")

@test_case(points=1)
def second(train):
    once(train, 1).returns(5)
    once(train, 2).returns(5)
"""


def test_cases_of_a_question_share_a_call_in_the_notebook_and_each_check_makes_it_anew() -> None:
    made: list[int] = []

    def train(seed: int) -> int:
        made.append(seed)
        return 5

    stage = {"language": "es", "tests": {"train": CASES}, "points": {"train": [3, 1]}, "known": {}, "libraries": ""}
    grader = Grader({**stage, "drawings": {}, "modules": [], "file": "a.py"}, {"train": train})
    shown = grader.check("train")
    assert made == [1, 2]
    assert shown is not None
    assert shown.lines[0] == "✔ Prueba 1: pasa · resultado: 5"
    grader.check("train")
    assert made == [1, 2, 1, 2]


def test_a_shared_call_says_what_an_own_one_would() -> None:
    def slow(seed: int) -> int:
        raise ValueError("no")

    call = once(slow, 3)
    assert call.text == "slow(3)"
    assert call.seconds >= 0
    with pytest.raises(CheckFailure):
        call.returns(1)
    with pytest.raises(CheckFailure, match="missing"):
        once(None, 3)


def test_a_shared_call_draws_the_same_each_time() -> None:
    def draw() -> float:
        return float(np.random.random())

    assert once(draw).value == once(draw).value
