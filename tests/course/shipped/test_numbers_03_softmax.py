"""Every number in the handouts of stage 03, worked out again; none may stand there that is not."""

import math
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from handout_text import LANGUAGES, Prose

HANDOUT = Prose("03_softmax")
handout, check = HANDOUT.text, HANDOUT.check

LECTURE = ("-0.21", "0.47", "1.72")
# Softmax of [0, ln 2, ln 5]: the exponentials are 1, 2, 5.
EIGHTHS = [Fraction(part, 8) for part in (1, 2, 5)]

# 0.9 is said of nine sigmoids and needs no working out; every other one is checked below.
DECIMALS = """
-0.21 0.47 1.72 0.8106 1.6000 5.5845 7.9951 0.1014 0.2001 0.6985 0.1 0.2 0.7 7.995 0.9994 0.125 0.25 0.625 0.8808
1.8 0.2689 0.5 0.1192 0.01 -0.00078 -0.00156 0.00234 0.000000002 0.999999998 0.9
"""


def row(texts: Iterable[object]) -> str:
    """Return a vector as the handouts write it."""
    return "[" + r",\; ".join(str(text) for text in texts) + "]"


def exact_softmax(a: Sequence[str | float]) -> list[Decimal]:
    exponentials = [Decimal(value).exp() for value in a]
    return [exponential / sum(exponentials) for exponential in exponentials]


def exact_jacobian(p: Sequence[Fraction]) -> list[list[Fraction]]:
    """Return ∂σ_i/∂a_j by the quotient rule, from the probabilities."""
    n = range(len(p))
    return [[p[i] * (1 - p[i]) if i == j else -p[i] * p[j] for j in n] for i in n]


def test_the_example_of_the_lecture() -> None:
    exponentials = [Decimal(value).exp() for value in LECTURE]
    probabilities = exact_softmax(LECTURE)
    total = sum(exponentials)
    check(
        row(LECTURE),
        "| −0.21 | 0.47 | 1.72 | |",
        "| " + " | ".join(f"{value:.4f}" for value in [*exponentials, total]) + " |",
        "| " + " | ".join(f"{value:.4f}" for value in probabilities) + " | 1 |",
        row([f"{value:.1f}" for value in probabilities]),
        f"{total:.3f}",
    )
    assert sum(round(value, 4) for value in probabilities) == 1
    assert f"{total:.3f}" == "7.995"
    assert f"{total:.0f}" == "8"


def test_dividing_by_eight_does_not_give_one() -> None:
    check(f"{sum(Decimal(value).exp() / 8 for value in LECTURE):.4f}")
    # ...and with one decimal nobody sees it.
    by_eight = [f"{Decimal(value).exp() / 8:.1f}" for value in LECTURE]
    assert by_eight == [f"{value:.1f}" for value in exact_softmax(LECTURE)]


def test_the_example_in_eighths() -> None:
    assert [round(math.exp(a), 12) for a in (0, math.log(2), math.log(5))] == [1, 2, 5]
    check(
        "$[1, 2, 5]$",
        row(rf"\tfrac{{{part * 8}}}{{8}}" for part in EIGHTHS)[1:-1],
        row([f"{float(part):g}" for part in EIGHTHS]),
    )


def test_two_classes_are_a_sigmoid() -> None:
    sigmoid = f"{1 / (1 + math.exp(-2)):.4f}"
    assert f"{exact_softmax([2, 0])[0]:.4f}" == sigmoid
    check(sigmoid)


def test_the_batch() -> None:
    exponentials = [[1, 2, 5], [1, 1, 2]]
    assert np.allclose(np.exp([[0, math.log(2), math.log(5)], [0, 0, math.log(2)]]), exponentials)
    sums = [sum(values) for values in exponentials]
    matrix = r" \\ ".join(" & ".join(map(str, values)) for values in exponentials)
    shares = r" \\ ".join(
        " & ".join(f"{value}/{total}" for value in values) for values, total in zip(exponentials, sums, strict=True)
    )
    check(matrix, shares)
    assert f"sumas }} {sums[0]} \\text{{ y }} {sums[1]}" in handout("es")
    assert f"sums }} {sums[0]} \\text{{ and }} {sums[1]}" in handout("en")


def test_what_a_double_can_hold() -> None:
    mantissa, exponent = f"{np.finfo(float).max:.1e}".split("e+")
    check(rf"${mantissa} \cdot 10^{{{exponent}}}$", "$e^{709}$", "$e^{710}$")
    assert math.exp(709) < math.inf
    with pytest.raises(OverflowError):
        math.exp(710)


def test_large_numbers() -> None:
    first, second = exact_softmax([1000, 1001])
    assert float(first) == pytest.approx(1 / (1 + math.e))
    check(rf"\frac{{1}}{{1 + e}} = {first:.4f}")
    assert float(first + second) == pytest.approx(1.0)


def test_underflow() -> None:
    # math.exp gives what the nearest double is: none but 0.
    assert math.exp(-1000) == 0.0
    assert [float(value) for value in exact_softmax([0, 1000])] == [0.0, 1.0]
    check("$[0, 1000]$", "$[0, 1]$", "$e^{-1000}$")


def test_one_input_alone_does_not_tell() -> None:
    before, after = exact_softmax([0, 0])[0], exact_softmax([1, 3])[0]
    assert after < before
    check("$[0, 0]$", "$[1, 3]$", f"{before:.1f}", f"{after:.4f}")
    # With the rest at rest it is monotonic: up in its own input, down in another's.
    assert exact_softmax([1, 0])[0] > before > exact_softmax([0, 1])[0]


def test_the_jacobian_by_hand() -> None:
    jacobian = exact_jacobian(EIGHTHS)
    in_64ths = [[int(value * 64) for value in values] for values in jacobian]
    assert [[Fraction(value, 64) for value in values] for values in in_64ths] == jacobian
    assert all(sum(values) == 0 for values in [*in_64ths, *zip(*in_64ths, strict=True)])
    check(
        r"\frac{1}{64} \begin{bmatrix} "
        + r" \\ ".join(" & ".join(map(str, values)) for values in in_64ths)
        + r" \end{bmatrix}",
        rf"J_{{11}} = \tfrac18 \left(1 - \tfrac18\right) = \tfrac{{{in_64ths[0][0]}}}{{64}}",
        rf"J_{{12}} = -\tfrac18 \cdot \tfrac28 = -\tfrac{{{-in_64ths[0][1]}}}{{64}}",
    )


def test_what_the_third_column_foretells() -> None:
    step = 0.01
    column = [values[2] for values in exact_jacobian(EIGHTHS)]
    foretold = [f"{float(value) * step:.5f}" for value in column]
    check(
        "[" + ", ".join(f"{'-' if v < 0 else ''}\\tfrac{{{abs(int(v * 64))}}}{{64}}" for v in column) + r"\right]",
        row(foretold),
    )
    a = [0.0, math.log(2), math.log(5)]
    moved = exact_softmax([*a[:2], a[2] + step])
    assert [f"{new - old:.5f}" for new, old in zip(moved, exact_softmax(a), strict=True)] == foretold


def test_the_most_probable_class() -> None:
    probabilities = [[0.125, 0.25, 0.625], [0.5, 0.25, 0.25]]
    assert all(sum(values) == 1 for values in probabilities)
    winners = [values.index(max(values)) for values in probabilities]
    matrix = r" \\ ".join(" & ".join(f"{value:g}" for value in values) for values in probabilities)
    check(matrix + r" \end{bmatrix} \;\longrightarrow\; " + row(winners))
    assert [0.1, 0.2, 0.7].index(0.7) == 2
    assert "índice 2" in handout("es")
    assert "index 2" in handout("en")


def test_the_twins() -> None:
    twin = [3, 6, 15]
    total = sum(twin)
    assert [Fraction(part, total) for part in twin] == EIGHTHS
    check(
        row(rf"\ln {part}" for part in twin),
        row(twin).replace(r"\;", ""),
        row(rf"\tfrac{{{part}}}{{{total}}}" for part in twin)[1:-1],
    )
    assert f"suman {total}" in handout("es")
    assert f"add up to {total}" in handout("en")
    assert math.log(6) == pytest.approx(math.log(3) + math.log(2))
    # What leads from one to the other is a single number.
    assert np.log(twin) - np.log([1, 2, 5]) == pytest.approx(math.log(3))


def test_saturation() -> None:
    check("$[0, 20]$", row(f"{value:.9f}" for value in exact_softmax([0, 20])))
    low, high = exact_softmax([0, 20])
    assert low * high < Decimal("1e-8")


def test_every_decimal_is_accounted_for() -> None:
    HANDOUT.check_decimals(DECIMALS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_question_has_its_place_and_says_what_it_costs(language: str) -> None:
    HANDOUT.check_questions(language)


def test_both_handouts_have_the_same_places_and_formulas() -> None:
    HANDOUT.check_same_places()
    HANDOUT.check_hints(12)
