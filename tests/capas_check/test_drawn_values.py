"""Bounds of what chance may do, against an independent oracle; right samplers pass, typical mistakes do not."""

import itertools
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from capas_check import Call, CheckFailure
from capas_check.distributions import ERROR, mean_bounds, repeated, samples

N = 5_000
DICE = dict.fromkeys(range(1, 7), 1 / 6)
Drawn = Callable[[np.random.Generator], Any]


def die(x: Any) -> Any:
    return np.clip(np.floor(x), 0, 6) / 6


def holds(state: Callable[[Callable[..., Any]], Call], draw: Drawn, seed: int) -> bool:
    """Tell whether a statement holds of what ``draw`` draws."""
    generator = np.random.default_rng(seed)
    try:
        state(lambda: draw(generator))
    except CheckFailure as failure:
        if failure.kind != "distribution":
            raise
        return False
    return True


@given(st.integers(300, 10**6), st.floats(0.0001, 0.9999), st.floats(1e-12, 1e-6))
def test_a_proportion_is_outside_its_bounds_as_rarely_as_is_said(count: int, chance: float, error: float) -> None:
    """Scipy has the binomial distribution itself; the bounds have to be outside, and not by far."""
    low, high = mean_bounds(chance, count, error)
    assert 0 <= low <= chance <= high <= 1
    below = stats.binom.cdf(math.ceil(low * count) - 1, count, chance)
    above = stats.binom.sf(math.floor(high * count), count, chance)
    assert below <= error / 2 * (1 + 1e-6)
    assert above <= error / 2 * (1 + 1e-6)
    exact = stats.binom.isf(error / 2, count, chance) / count
    assert high - chance <= 1.6 * (exact - chance) + 2 / count


@pytest.mark.parametrize("chance", [0.0, 1.0])
def test_what_never_or_always_comes_has_no_room(chance: float) -> None:
    assert mean_bounds(chance, 1000, ERROR) == (chance, chance)


def test_the_bound_on_a_distribution_is_the_one_that_is_named() -> None:
    """The distance of Kolmogorov and Smirnov, as scipy has it, beside √(ln(2/error) / 2n)."""
    most = math.sqrt(math.log(2 / ERROR) / (2 * N))
    for shift in np.linspace(0.5, 1.5, 21) * most:
        values = np.clip(np.random.default_rng(1).random(N) + shift, 0, 1)
        distance = stats.kstest(values, "uniform").statistic
        assert holds(lambda f: samples(N, f).follows(stats.uniform.cdf), lambda _, v=values: v, 0) == (distance <= most)


def test_the_exact_chance_of_the_distance_is_below_what_is_said() -> None:
    for count in (300, 1000, 10_000):
        assert stats.kstwo.sf(math.sqrt(math.log(2 / ERROR) / (2 * count)), count) <= ERROR


STATES: dict[str, Callable[[Callable[..., Any]], Call]] = {
    "dice": lambda f: samples(N, f).proportions(DICE).has_mean(3.5, 1, 6).follows(die),
    "uniform": lambda f: samples(N, f).follows(lambda x: np.clip(x, 0, 1)).has_mean(0.5, 0, 1),
    "normal": lambda f: samples(N, f).follows(stats.norm(2, 3).cdf),
    "exponential": lambda f: samples(N, f).follows(lambda x: 1 - math.exp(-x) if x > 0 else 0.0),
    "means": lambda f: samples(1000, f).has_mean(0.5, 0, 1),
    "shuffled": lambda f: repeated(2000, f).proportions(dict.fromkeys(itertools.permutations([1, 2, 3]), 1 / 6)),
}
RIGHT: list[tuple[str, Drawn]] = [
    ("dice", lambda g: g.integers(1, 7, N)),
    ("uniform", lambda g: g.random(N)),
    ("normal", lambda g: g.normal(2, 3, N)),
    ("normal", lambda g: 2 + 3 * g.standard_normal(N)),
    ("exponential", lambda g: g.exponential(size=N).tolist()),
    ("means", lambda g: g.random((1000, 10)).mean(axis=1)),
]
WRONG: list[tuple[str, Drawn]] = [
    ("dice", lambda g: g.integers(1, 6, N)),  # the bound is not among the values
    ("dice", lambda g: g.integers(0, 7, N)),
    ("dice", lambda g: np.round(g.uniform(1, 6, N))),  # the ends come half as often
    ("dice", lambda g: np.repeat(g.integers(1, 7, N // 50), 50)[::-1] * 0 + 3),
    ("uniform", lambda g: g.uniform(-1, 1, N)),
    ("uniform", lambda g: g.random(N) ** 2),
    ("normal", lambda g: g.normal(2, 9, N)),  # the variance for the deviation
    ("normal", lambda g: g.normal(2, 3**0.5, N)),
    ("normal", lambda g: g.normal(0, 3, N)),
    ("normal", lambda g: np.abs(g.normal(2, 3, N))),
    ("exponential", lambda g: g.exponential(2, N)),
    ("means", lambda g: g.random((1000, 10)).sum(axis=1)),  # the sum for the mean
    ("shuffled", lambda _: [1, 2, 3]),  # not shuffled
    ("shuffled", lambda g: [[1, 2, 3], [2, 3, 1], [3, 1, 2]][g.integers(3)]),  # only turned
]


@pytest.mark.parametrize(("name", "draw"), RIGHT, ids=[name for name, _ in RIGHT])
def test_right_samplers_pass(name: str, draw: Drawn) -> None:
    assert all(holds(STATES[name], draw, seed) for seed in range(30))


@pytest.mark.slow
@pytest.mark.parametrize(("name", "draw"), RIGHT, ids=[name for name, _ in RIGHT])
def test_right_samplers_pass_at_a_thousand_seeds(name: str, draw: Drawn) -> None:
    assert all(holds(STATES[name], draw, seed) for seed in range(30, 1030))


def test_right_shuffling_passes() -> None:
    assert all(holds(STATES["shuffled"], lambda g: g.permutation([1, 2, 3]), seed) for seed in range(10))


@pytest.mark.parametrize(("name", "draw"), WRONG, ids=[f"{name} {place}" for place, (name, _) in enumerate(WRONG)])
def test_typical_mistakes_fail(name: str, draw: Drawn) -> None:
    assert not any(holds(STATES[name], draw, seed) for seed in range(5))


FEW: list[Callable[[Callable[..., Any]], Call]] = [
    lambda f: samples(100, f).proportions(DICE),
    lambda f: samples(100, f).has_mean(0.5, 0, 1),
    lambda f: samples(100, f).follows(stats.uniform.cdf),
]


@pytest.mark.parametrize("state", FEW)
def test_an_author_who_asks_for_too_few_is_told(state: Callable[[Callable[..., Any]], Call]) -> None:
    with pytest.raises(ValueError, match=r"100 values are too few to tell chance from error; ask for \d\d\d or more"):
        state(lambda: np.zeros(100))


def test_chances_that_are_not_1_together_are_the_authors_error() -> None:
    with pytest.raises(ValueError, match="1 together"):
        samples(1000, lambda: np.zeros(1000)).proportions({0: 0.5})
