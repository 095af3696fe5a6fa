"""The handouts of stage 06: their numbers worked out again, and their code run, as students would run it."""

import math
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from handout_text import LANGUAGES, Prose

from capas.course.model import load_course
from capas.course.solutions import Solutions

ROOT = Path(__file__).parents[3]
HANDOUT = Prose("06_digits")
check = HANDOUT.check
STAGE = load_course(ROOT).choose(["06_digits"])[0]
REFERENCE: Any = Solutions(STAGE).reference
Network = list[tuple[np.ndarray, np.ndarray]]


@pytest.fixture
def beside_the_data() -> Iterator[None]:
    before = Path.cwd()
    os.chdir(STAGE.assignment)
    yield
    os.chdir(before)


def matrix(values: np.ndarray, form: str) -> str:
    lines = r" \\ ".join(" & ".join(format(value, form) for value in row) for row in values)
    return rf"\begin{{bmatrix}} {lines} \end{{bmatrix}}"


def test_targets_and_confusions_by_hand() -> None:
    check(matrix(REFERENCE.one_hot([2, 0, 1], 3), "g"))
    counts = REFERENCE.confusion_matrix([0, 1, 1, 2, 2, 2], [0, 1, 2, 2, 2, 0], 3)
    check(matrix(counts, "d"), "| 0 | 1 | 1 | 2 | 2 | 2 |", "| 0 | 1 | 2 | 2 | 2 | 0 |")


def test_zeros_stay_alike() -> None:
    network: Network = [(np.zeros((2, 2)), np.zeros(2)), (np.zeros((2, 1)), np.zeros(1))]
    for step, forms in ((1, ("g", "g")), (2, (".4f", ".4f"))):
        gradients = REFERENCE.backpropagate(np.array([[1.0, 2.0]]), np.array([[1.0]]), network)
        network = REFERENCE.update(network, gradients, 1.0)
        check(f"| {step} | ${matrix(network[0][0], forms[0])}$ | ${matrix(network[1][0], forms[1])}$ |")


def test_how_far_from_zero() -> None:
    check(rf"$r = \sqrt{{6 / 96}} = {math.sqrt(6 / 96):g}$")


def test_two_batches_by_hand() -> None:
    network: Network = [(np.zeros((1, 1)), np.zeros(1))]
    pairs = (np.array([[1.0], [3.0]]), np.array([[1.0], [0.0]])), (np.array([[2.0]]), np.array([[1.0]]))
    for x, t, form in ((1.0, 1.0, "g"), (3.0, 0.0, ".4f")):
        y = REFERENCE.forward([[x]], network)[-1]
        gradients = REFERENCE.backpropagate([[x]], [[t]], network)
        network = REFERENCE.update(network, gradients, 1.0)
        values = [y.item(), gradients[0][1].item(), network[0][0].item(), network[0][1].item()]
        check(f"| $x = {x:g}$ | " + " | ".join(format(value, form).replace("-", "−") for value in values) + " |")
    losses = REFERENCE.train(*pairs, [(np.zeros((1, 1)), np.zeros(1))], 1.0, [[np.array([0]), np.array([1])]])[1:]
    check(*(f"{loss:.4f}" for (loss,) in losses))


def test_sizes(beside_the_data: None) -> None:
    table = np.loadtxt("data/digits.csv", delimiter=",", skiprows=1)
    sizes = [(64 + 1) * 32, (32 + 1) * 10]
    check(f"`({len(table)}, 64)`", f"= {sum(sizes)}$")
    assert table.shape == (1497, 65)
    assert set(np.unique(table[:, :64])) == set(range(17))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_code_runs_and_says_what_is_promised(
    language: str, beside_the_data: None, capsys: pytest.CaptureFixture[str]
) -> None:
    written = re.findall(r"^```python\n(.*?)^```$", HANDOUT.source(language), re.MULTILINE | re.DOTALL)
    names = dict(vars(REFERENCE))
    for code in written:
        exec(code, names)  # as in a cell of the notebook
    printed = capsys.readouterr().out.split()
    assert 0.83 < float(printed[0]) < 0.87  # some 85 of 100
    assert float(printed[-3]) < 1e-6
    assert float(printed[-2]) > 0.965
    assert int(printed[-1]) == 2410


def test_where_to_begin(beside_the_data: None) -> None:
    table = np.loadtxt("data/digits.csv", delimiter=",", skiprows=1, dtype=int)
    x, digits, others, right = REFERENCE.split(REFERENCE.scale(table[:, :64]), table[:, 64], 300, 0)
    pairs = (x, REFERENCE.one_hot(digits)), (others, REFERENCE.one_hot(right))
    epochs = [REFERENCE.batches(len(x), 32, epoch) for epoch in range(30)]
    network, *_ = REFERENCE.train(*pairs, REFERENCE.initialize([64, 32, 10], 0), 1.0, epochs)
    assert np.mean(REFERENCE.forward(others, network)[-1].argmax(axis=1) == right) == pytest.approx(0.94, abs=0.02)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_question_has_its_place_and_says_what_it_costs(language: str) -> None:
    HANDOUT.check_questions(language)


def test_both_handouts_have_the_same_places_and_formulas() -> None:
    HANDOUT.check_same_places()
    HANDOUT.check_hints(18)
