"""The steps of the network of one's own: the reference reaches the last with any seed, no untrained one the first."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from capas.course.data_files import beside_data
from capas.course.model import load_course
from capas.course.solutions import Solutions, execute
from capas.grading.otter_files import sharing
from capas_check.statements import CheckFailure
from capas_check.texts import load_texts

STAGE = load_course(Path(__file__).parents[3]).choose(["06_digits"])[0]
REFERENCE: Any = Solutions(STAGE).reference


@pytest.fixture
def cases() -> Iterator[Any]:
    """Return the module with the cases, in the stage's folder; no calls are shared with other tests."""
    with beside_data(STAGE.assignment), sharing([]):
        yield execute(STAGE.assignment / "tests" / "train_own.py", "train_own", {}, STAGE.assignment)


def right_parts(cases: Any, seed: int) -> tuple[float, float]:
    """Return what part of the hidden pictures the reference reads right, and a network that has learnt nothing."""
    hidden, digits = cases.hidden_digits()
    trained, _ = REFERENCE.train_own(*cases.public_digits(), seed)
    untrained = [array for layer in REFERENCE.initialize([64, 32, 10], seed) for array in layer]
    first, second = (
        np.mean(REFERENCE.predict_own(parameters, hidden) == digits) for parameters in (trained, untrained)
    )
    return float(first), float(second)


def test_a_few_seeds_reach_the_last_step(cases: Any) -> None:
    for seed in (0, 1):
        trained, untrained = right_parts(cases, seed)
        assert trained >= 0.965
        assert untrained < 0.5


@pytest.mark.slow
def test_many_seeds_reach_the_last_step(cases: Any) -> None:
    parts = np.array([right_parts(cases, seed) for seed in range(2, 100, 4)])
    assert parts[:, 0].min() >= 0.965  # 0.970 to 0.987 where it was measured
    assert parts[:, 1].max() < 0.5  # 0.167 where it was measured


def test_hidden_pictures_are_as_many_of_each_digit_and_in_no_file_of_students(cases: Any) -> None:
    hidden, digits = cases.hidden_digits()
    public, _ = cases.public_digits()
    assert np.bincount(digits).tolist() == [30] * 10
    given = {tuple(picture) for picture in public.tolist()}
    assert not any(tuple(picture) in given for picture in hidden.tolist())
    # Not retouched either: pictures are further apart than a touch of 1 a number goes.
    distances = np.abs(hidden[:, None, :] - public[None, :, :]).max(axis=2)
    assert distances.min() > 1


def networks_in_forms() -> Iterator[tuple[Any, str]]:
    """Yield what a training may return that is no list of arrays and a curve, and what students are told of it."""
    pair = (np.zeros((64, 10)), np.zeros(10))
    yield ([pair], [1.0]), "parameters[0] is no array of finite numbers"
    yield ([np.zeros(3), [1.0, [2.0]]], [1.0]), "parameters[1] is no array"
    yield ([np.full(3, np.nan)], [1.0]), "parameters[0] is no array"
    yield [*pair], "does not return (parameters, losses)"
    yield {"W": pair[0]}, "does not return (parameters, losses)"
    yield ([*pair], [[1.0], [1.0, 2.0]]), "losses is no list of numbers"
    yield ([*pair], 1.0), "losses is no list of numbers"


@pytest.mark.parametrize(("returned", "told"), list(networks_in_forms()))
def test_what_is_no_list_of_arrays_is_told_as_the_students_mistake(cases: Any, returned: Any, told: str) -> None:
    with pytest.raises(CheckFailure) as failure:
        cases.within_the_budget.test_func(lambda pictures, digits, seed: returned)
    assert told in failure.value.sentence(load_texts("en"))


def test_a_curve_that_is_none_costs_nothing_of_what_is_read_right(cases: Any) -> None:
    trained, _ = REFERENCE.train_own(*cases.public_digits(), 0)
    cases.ninety_six_and_a_half_percent.test_func(
        lambda pictures, digits, seed: (trained, "none"), REFERENCE.predict_own
    )
