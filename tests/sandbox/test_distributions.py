"""What is drawn by chance is the same here as in a sandbox, and so is what is said of it, with seeds and generators."""

import random
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from sandbox_calls import Start

from capas.sandbox import Proxy
from capas_check import CheckFailure, call
from capas_check.distributions import repeated, samples, seeded, with_generator
from capas_check.fingerprint import fingerprint
from capas_check.grader import run_case
from capas_check.texts import load_texts

PROGRAM = """
import random
import numpy as np
def roll(sides=6):
    return random.randint(1, sides)
def rolls(n, sides=6):
    return np.random.randint(1, sides + 1, size=n)
def short(n):
    return np.random.randint(1, 6, size=n)
def normal(n, mean=0.0, scale=1.0):
    return np.random.normal(mean, scale, n)
def walk(n, rng):
    return rng.choice([-1, 1], size=n).cumsum()
def step(rng):
    return rng.integers(1, 7)
def fixed(n):
    np.random.seed(1)
    return np.random.randint(1, 7, size=n)
def deal(cards):
    cards = list(cards)
    random.shuffle(cards)
    return cards
def coin():
    return random.choice(["head", "tail"])
def odd():
    return {1}
def nothing(*_arguments):
    pass
"""
DICE = dict.fromkeys(range(1, 7), 1 / 6)
State = Callable[[Any], Any]

STATES: dict[str, tuple[str, State, str]] = {
    "a seed": ("roll", lambda f: call(seeded(f, 7), 6).returns(3), ""),
    "another seed": (
        "roll",
        lambda f: call(seeded(f, 8), 6).returns(3),
        "seed(8); roll(6) returned 2; expected 3.",
    ),
    "a generator": ("walk", lambda f: call(with_generator(f, "rng", 5), 4).returns([1, 2, 1, 2]), ""),
    "another generator": (
        "walk",
        lambda f: call(with_generator(f, "rng", 5), 4).returns([0, 2, 1, 2]),
        "rng = default_rng(5); walk(4) returned [1, 2, 1, 2]; expected [0, 2, 1, 2].",
    ),
    "one generator for all calls": (
        "step",
        lambda f: repeated(2000, with_generator(f, "rng", 5)).proportions(DICE),
        "",
    ),
    "many values": ("rolls", lambda f: samples(10_000, f, 10_000).proportions(DICE), ""),
    "many calls": ("roll", lambda f: repeated(10_000, f).proportions(DICE).has_mean(3.5, 1, 6).differs(), ""),
    "texts": ("coin", lambda f: repeated(1000, f).proportions({"head": 0.5, "tail": 0.5}), ""),
    "lists": (
        "deal",
        lambda f: repeated(2000, f, [1, 2]).proportions({(1, 2): 0.5, (2, 1): 0.5}),
        "",
    ),
    "a wrong bound": (
        "short",
        lambda f: samples(10_000, f, 10_000).proportions(DICE),
        "Of 10000 values of short(10000), 2060 were 1; between 1407 and 1938 were expected.",
    ),
    "other values": (
        "rolls",
        lambda f: samples(3000, f, 3000, sides=7).proportions(DICE),
        "rolls(3000, sides=7) drew 7, which cannot come; what can come is 1, 2, 3, 4, 5, 6.",
    ),
    "a wrong mean": (
        "short",
        lambda f: samples(3000, f, 3000).has_mean(3.5, 1, 6),
        "The mean of 3000 values of short(3000) is 2.97967; between 3.18604 and 3.81396 was expected.",
    ),
    "outside": (
        "rolls",
        lambda f: samples(3000, f, 3000, 20).has_mean(3.5, 1, 6),
        "rolls(3000, 20) drew 7; only values from 1 to 6 can come.",
    ),
    "a distribution with jumps": (
        "rolls",
        lambda f: samples(3000, f, 3000).follows(lambda x: np.clip(np.floor(x), 0, 6) / 6),
        "",
    ),
    "another scale": (
        "normal",
        lambda f: samples(3000, f, 3000, 0.0, 3.0).follows(lambda x: 1 / (1 + np.exp(-1.702 * np.asarray(x)))),
        "Of 3000 values of normal(3000, 0, 3), 2057 were less than 1.57021; between 2618 and 2994 were expected.",
    ),
    "the same twice": (
        "fixed",
        lambda f: repeated(2, f, 30).differs(),
        "fixed(30) drew (6, 4, 5, 1, 2, 4, 6, 1, 1, 2, 5, 6, 5, 2, 3, 5, 6, 3, 5, 4, 5, 3, 5, 6, 3, 5, 2, 2, 1, 6) "
        "all 2 times: is a seed set inside the function?",
    ),
    "not the same twice": ("rolls", lambda f: repeated(2, f, 30).differs(), ""),
    "too few": (
        "rolls",
        lambda f: samples(3000, f, 30).proportions(DICE),
        "rolls(30) returned 30 values; 3000 were expected.",
    ),
    "too few numbers": (
        "rolls",
        lambda f: samples(3000, f, 3).has_mean(3.5, 1, 6),
        "rolls(3) returned shape (3,); expected shape (3000,). It returned",
    ),
    "no list": ("roll", lambda f: samples(3000, f).proportions(DICE), "roll() returned 1; 3000 values were expected."),
    "None": ("nothing", lambda f: samples(3000, f).proportions(DICE), "nothing() returned None; 3000 values were"),
    "None each time": (
        "nothing",
        lambda f: repeated(3000, f).proportions(DICE),
        "nothing() drew None, which cannot come; what can come is 1, 2, 3, 4, 5, 6.",
    ),
    "what cannot be counted": (
        "odd",
        lambda f: repeated(3000, f).proportions(DICE),
        "odd() drew {1}, which cannot come; what can come is 1, 2, 3, 4, 5, 6.",
    ),
}


@pytest.fixture(scope="module")
def here() -> dict[str, Any]:
    namespace: dict[str, Any] = {}
    exec(PROGRAM, namespace)
    return namespace


@pytest.mark.parametrize(("name", "state", "told"), STATES.values(), ids=STATES)
def test_what_is_drawn(start: Start, here: dict[str, Any], name: str, state: State, told: str) -> None:
    outcomes = []
    for function in (here[name], Proxy(start(PROGRAM).call, name)):
        run = run_case(lambda f: state(f), {"f": function})
        assert run.failure is None or isinstance(run.failure, CheckFailure), run.failure
        outcomes.append((run.kind, run.message(load_texts("en")), fingerprint(run.kind, run.calls)))
    assert outcomes[0] == outcomes[1]
    assert outcomes[0][1].startswith(told)
    assert bool(outcomes[0][1]) == bool(told)


@pytest.mark.parametrize("make", [lambda f: call(seeded(f, 1)), lambda f: repeated(3, f), lambda f: samples(3, f)])
def test_a_function_that_is_missing_is_told(make: State) -> None:
    for function, kind in ((None, "missing"), (3, "not_a_function")):
        with pytest.raises(CheckFailure) as caught:
            make(function)
        assert caught.value.kind == kind


def test_who_draws_besides_goes_on_as_before(here: dict[str, Any]) -> None:
    random.seed(3)
    np.random.seed(3)
    expected = [random.random(), float(np.random.rand())]
    random.seed(3)
    np.random.seed(3)
    call(seeded(here["roll"], 1))
    repeated(5, here["rolls"], 3)
    assert [random.random(), float(np.random.rand())] == expected


def test_a_generator_begins_anew_in_each_call(here: dict[str, Any]) -> None:
    step = with_generator(here["walk"], "rng", 9)
    call(step, 20).returns(call(step, 20).value)
