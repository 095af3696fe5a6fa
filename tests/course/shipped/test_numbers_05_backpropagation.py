"""Every number in the handouts of stage 05, worked out again; none may stand there that is not."""

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise

import pytest
from handout_text import LANGUAGES, Prose

HANDOUT = Prose("05_backpropagation")
handout, check = HANDOUT.text, HANDOUT.check

Matrix = list[list[Fraction]]

# The network of the example: every sigmoid in it is taken at 0 or at ln 3.
X = [Fraction(1), Fraction(2)]
W1 = [[Fraction(2), Fraction(-2)], [Fraction(-1), Fraction(1)]]
W2 = [[Fraction(3)], [Fraction(-2)]]
ETA = Fraction("0.8")

DECIMALS = """
0.5 0.8 0.2 -0.125 0.128 0.75 0.25 0.1875 0.6792 0.2179 0.1 -0.2 -0.3 0.16 -0.075 0.08 -0.25 0.9 0.09 0.99 0.0099
0.015625 -0.5 -0.1 0.4 1.2 0.6 0.3 0.7 0.125 -0.0625 -0.09375 -0.375 0.046875 -0.1875 0.09375 -0.99 0.01 -0.0019
0.140625 0.078125 0.0703125 0.0078125 2.075 -2.0375 -0.85 0.925 0.075 0.0375 3.05 -1.925 0.6467 0.0624 0.0496 0.1250
0.0369
"""


def number(value: Fraction | str) -> str:
    """Return a number as the handouts write it: all its decimals, no more."""
    text = f"{float(Fraction(value)):.10f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "0") else text


def row(values: Iterable[Fraction | str]) -> str:
    return "[" + r",\; ".join(number(value) for value in values) + "]"


def matrix(rows: Sequence[Sequence[Fraction | str]]) -> str:
    lines = r" \\ ".join(" & ".join(number(value) for value in values) for values in rows)
    return rf"\begin{{bmatrix}} {lines} \end{{bmatrix}}"


def slope(y: Fraction) -> Fraction:
    return y * (1 - y)


def sigmoid(a: float) -> float:
    return 1 / (1 + math.exp(-a))


def answers(parameters: Sequence[float]) -> list[float]:
    """Return hidden units and output of the example's network; parameters as W1 by rows, b1, W2, b2."""
    w11, w12, w21, w22, b11, b12, v1, v2, c = parameters
    x1, x2 = (float(value) for value in X)
    hidden = [sigmoid(x1 * w11 + x2 * w21 + b11), sigmoid(x1 * w12 + x2 * w22 + b12)]
    return [*hidden, sigmoid(hidden[0] * v1 + hidden[1] * v2 + c)]


def loss(parameters: Sequence[float]) -> float:
    return (answers(parameters)[-1] - 1) ** 2 / 2


def numerical_gradient(parameters: Sequence[float], step: float = 1e-6) -> list[float]:
    moved = [[value + step * (place == index) for place, value in enumerate(parameters)] for index in range(9)]
    back = [[value - step * (place == index) for place, value in enumerate(parameters)] for index in range(9)]
    return [(loss(up) - loss(down)) / (2 * step) for up, down in zip(moved, back, strict=True)]


START = [2.0, -2.0, -1.0, 1.0, 0.0, math.log(3), 3.0, -2.0, 0.0]


def test_how_many_parameters_and_passes() -> None:
    sizes = [8, 9, 9, 9, 4]
    parameters = sum((inputs + 1) * units for inputs, units in pairwise(sizes))
    for language, passes, units in (
        ("es", "{} pasadas por la red", "{} y {} unidades"),
        ("en", "{} passes through the network", "{} and {} units"),
    ):
        assert f"{parameters} " in handout(language)
        assert passes.format(parameters + 1) in handout(language)
        assert ", ".join(map(str, sizes[:-2])) + ", " + units.format(*sizes[-2:]) in handout(language)


def test_the_delta_of_the_output() -> None:
    y, t = [Fraction("0.5"), Fraction("0.8")], [Fraction(1), Fraction(0)]
    deltas = [(a - b) * slope(a) for a, b in zip(y, t, strict=True)]
    check(
        row(y),
        rf"(0.5 - 1) \cdot 0.5 \cdot 0.5 = {number(deltas[0])}",
        rf"(0.8 - 0) \cdot 0.8 \cdot {number(1 - y[1])} = {number(deltas[1])}",
    )


def test_the_slope_in_terms_of_the_output() -> None:
    assert sigmoid(math.log(3)) == pytest.approx(0.75)
    step = 1e-5
    measured = (sigmoid(math.log(3) + step) - sigmoid(math.log(3) - step)) / (2 * step)
    assert measured == pytest.approx(float(slope(Fraction("0.75"))), rel=1e-8)
    check(rf"$0.75 \cdot 0.25 = {number(slope(Fraction('0.75')))}$")
    again = sigmoid(0.75)
    check(rf"$\sigma(0.75) = {again:.4f}$", f"${again * (1 - again):.4f}$")


def test_the_delta_of_a_hidden_layer() -> None:
    delta_next = [Fraction("0.1"), Fraction("-0.2")]
    weights = [[1, 2], [3, -1], [0, 5]]
    y = [Fraction("0.5"), Fraction("0.2"), Fraction("0.5")]
    check(row(delta_next), matrix([[Fraction(w) for w in line] for line in weights]), row(y))
    for unit, (line, output) in enumerate(zip(weights, y, strict=True), start=1):
        back = sum((delta * w for delta, w in zip(delta_next, line, strict=True)), Fraction(0))
        second = f"({line[1]})" if line[1] < 0 else f"{line[1]}"
        delta = number(back * slope(output)).replace("-", "−")
        check(
            rf"| {unit} | $0.1 \cdot {line[0]} + (-0.2) \cdot {second} = {number(back)}$ "
            rf"| ${number(output)} \cdot {number(1 - output)} = {number(slope(output))}$ | {delta} |"
        )


def test_saturation_and_vanishing() -> None:
    slopes = [slope(Fraction(y) / 100) for y in range(101)]
    assert max(slopes) == slopes[50] == Fraction("0.25")
    check(f"$0.25^3 = {number(slopes[50] ** 3)}$")
    for language, joins in (("es", "Con $y = {}$ es ${}$; con"), ("en", "At $y = {}$ it is ${}$; at")):
        text = joins.format("0.9", number(slope(Fraction("0.9"))))
        assert f"{text} $y = 0.99$, ${number(slope(Fraction('0.99')))}$" in handout(language)


def test_the_gradient_of_the_weights() -> None:
    x, delta = [1, 2, -1], [Fraction("0.5"), Fraction("-0.25")]
    check(matrix([[a * d for d in delta] for a in x]), row(delta), "[1, 2, -1]")
    samples = [[Fraction(1), Fraction(2)], [Fraction(3), Fraction(1)]]
    deltas = [[Fraction(d) for d in line.split()] for line in ("0.2 0 -0.1", "0 0.4 0.2")]
    tables = [[[a * d for d in delta] for a in x] for x, delta in zip(samples, deltas, strict=True)]
    mean = [[(a + b) / 2 for a, b in zip(*lines, strict=True)] for lines in zip(*tables, strict=True)]
    check(matrix(samples), matrix(deltas), f"{matrix(tables[0])} + {matrix(tables[1])}", matrix(mean))


def test_the_gradient_of_the_biases() -> None:
    deltas = [[Fraction(d) for d in line.split()] for line in ("0.2 -0.1", "0.3 0", "0.4 0.7")]
    mean = [sum(column, Fraction(0)) / 3 for column in zip(*deltas, strict=True)]
    check(rf"{matrix(deltas)} \;\longrightarrow\; {row(mean)}")


def test_the_network_by_hand() -> None:
    y1, y2 = [Fraction("0.5"), Fraction("0.75")], Fraction("0.5")
    assert answers(START) == pytest.approx([float(value) for value in [*y1, y2]])
    assert loss(START) == pytest.approx(0.125)
    delta2 = (y2 - 1) * slope(y2)
    back = [line[0] * delta2 for line in W2]
    delta1 = [value * slope(y) for value, y in zip(back, y1, strict=True)]
    first, second = [[x * d for d in delta1] for x in X], [[y * delta2] for y in y1]
    by_hand = [*first[0], *first[1], *delta1, *(line[0] for line in second), delta2]
    assert [float(value) for value in by_hand] == pytest.approx(numerical_gradient(START), abs=1e-8)
    check(
        matrix(W1),
        matrix(W2),
        rf"$\mathbf{{y}}_1 = {row(y1)}$",
        r"$0.5 \cdot 3 + 0.75 \cdot (-2) = 0$",
        rf"$\tfrac12 \cdot 0.5^2 = {number(Fraction('0.5') ** 2 / 2)}$",
        rf"(0.5 - 1) \cdot 0.5 \cdot 0.5 = {number(delta2)}",
        matrix(second),
        rf"\mathbf{{b}}_2}} = [{number(delta2)}]",
        rf"$-0.125 \cdot 3 = {number(back[0])}$",
        rf"$-0.125 \cdot (-2) = {number(back[1])}$",
        rf"[-0.375 \cdot 0.25,\; 0.25 \cdot 0.1875] = {row(delta1)}",
        matrix(first),
        rf"\mathbf{{b}}_1}} = {row(delta1)}",
    )


def test_the_gradient_foretells_a_small_change() -> None:
    moved = list(START)
    moved[2] += 0.01
    foretold = f"{0.01 * numerical_gradient(START)[2]:.4f}"
    assert f"{loss(moved) - loss(START):.4f}" == foretold
    check(f"${START[2]:.0f}$", f"${moved[2]:.2f}$", rf"$0.01 \cdot (-0.1875) \approx {foretold}$")


def test_the_batch_by_hand() -> None:
    answers = [Fraction("0.5"), Fraction("0.75")]
    assert [sigmoid(0), sigmoid(math.log(3))] == pytest.approx([float(y) for y in answers])
    deltas = [(y - t) * slope(y) for y, t in zip(answers, (1, 0), strict=True)]
    means = [sum((x * d for x, d in zip(column, deltas, strict=True)), Fraction(0)) / 2 for column in ((1, 2), (0, 1))]
    check(
        f"${number(deltas[1])}$",
        rf"1 \cdot (-0.125) + 2 \cdot {number(deltas[1])} \\ 0 \cdot (-0.125) + 1 \cdot {number(deltas[1])}",
        matrix([[mean] for mean in means]),
        rf"\frac{{\partial L}}{{\partial b}} = {number(sum(deltas, Fraction(0)) / 2)}",
    )


def test_one_step_of_descent() -> None:
    gradient = [Fraction(value).limit_denominator(10**4) for value in numerical_gradient(START)]
    assert [number(value) for value in gradient[:2]] == ["-0.09375", "0.046875"]
    steps = [-ETA * value for value in gradient]
    first = [[W1[i][j] + steps[2 * i + j] for j in range(2)] for i in range(2)]
    second = [[W2[i][0] + steps[6 + i]] for i in range(2)]
    check(
        f"$2 - 0.8 \\cdot ({number(gradient[0])}) = {number(first[0][0])}$",
        matrix(first),
        rf"[{number(steps[4])},\; \ln 3 - {number(-steps[5])}]",
        matrix(second),
        rf"\mathbf{{b}}_2 = [{number(steps[8])}]",
    )
    after = [value + float(step) for value, step in zip(START, steps, strict=True)]
    promised = 0.125 - float(ETA * sum((value**2 for value in gradient), Fraction(0)))
    check(f"${answers(after)[-1]:.4f}$", f"${loss(after):.4f}$", f"${promised:.4f}$")


def test_three_epochs() -> None:
    parameters = list(START)
    for epoch in range(3):
        check(f"| {epoch} | {loss(parameters):.4f} |")
        gradient = numerical_gradient(parameters)
        parameters = [value - float(ETA) * change for value, change in zip(parameters, gradient, strict=True)]


def test_every_decimal_is_accounted_for() -> None:
    HANDOUT.check_decimals(DECIMALS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_question_has_its_place_and_says_what_it_costs(language: str) -> None:
    HANDOUT.check_questions(language)


def test_both_handouts_have_the_same_places_and_formulas() -> None:
    HANDOUT.check_same_places()
    HANDOUT.check_hints(21)
