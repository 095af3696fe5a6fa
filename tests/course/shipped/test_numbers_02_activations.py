"""Every number in the handouts of stage 02, worked out again; none may stand there that is not."""

import math
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from handout_text import LANGUAGES, Prose

HANDOUT = Prose("02_activations")
handout, check = HANDOUT.text, HANDOUT.check

# Each of them is worked out below.
DECIMALS = """
16.5 0.2689 0.3775 0.1875 0.25 0.235 0.00000095 1.8 1.5 2.5 0.6 -0.6 0.8 6.25 0.64 0.36 0.5 -0.5 1.0 0.0 0.00001
3.375 0.125 3.25 4.75 0.1 3.31 3.01 0.01 3.0301 3.0001
"""


def cells(values: Sequence[float]) -> str:
    """Return the cells of a table's row as the handouts write them."""
    return "| " + " | ".join(f"{value:g}".replace("-", "−") for value in values) + " |"


def exact_sigmoid(a: str | int) -> Decimal:
    return 1 / (1 + (-Decimal(a)).exp())


def sigmoid_at_log(x: Fraction | int) -> Fraction:
    """Return the sigmoid of ln x, where e^−a is 1/x."""
    return 1 / (1 + 1 / Fraction(x))


def tanh_at_log(x: Fraction | int) -> Fraction:
    """Return tanh of ln x, where e^a is x."""
    return (x - 1 / Fraction(x)) / (x + 1 / Fraction(x))


def slope_of_tanh_at_log(x: Fraction | int) -> Fraction:
    return 4 / (x + 1 / Fraction(x)) ** 2


def test_two_linear_steps_are_one_line() -> None:
    x = [-1, 0, 1]
    straight = [-2 * (3 * value) for value in x]
    assert straight == [-6 * value for value in x]
    bent = [-2 * max(0, 3 * value) for value in x]
    assert bent[2] - bent[1] != bent[1] - bent[0]
    check("$h = 3x$", "y = -6x$", f"| $x$ {cells(x)}", f"$y = -2h$ {cells(straight)}")
    check(rf"$y = -2\max(0, h)$ {cells(bent)}")


def test_the_jacket() -> None:
    temperatures, threshold = [24, 20, 17, 14, 9], 16
    decisions = [1 if temperature < threshold else 0 for temperature in temperatures]
    check(", ".join(map(str, temperatures)), f"| $T$ {cells(temperatures)}")
    for language, word in (("es", "chaqueta"), ("en", "jacket")):
        assert f"| {word} {cells(decisions)}" in handout(language)
    assert f"De 24 a 17 la temperatura baja {24 - 17} grados" in handout("es")
    assert f"De 17 a 14 baja {17 - 14} y la respuesta salta" in handout("es")
    assert f"From 24 to 17 the temperature falls by {24 - 17} degrees" in handout("en")
    assert f"From 17 to 14 it falls by {17 - 14} and the answer jumps" in handout("en")
    assert decisions[0] == decisions[2] != decisions[3]


def test_the_step_made_smooth() -> None:
    check(f"{exact_sigmoid(16 - 17):.4f}", f"{exact_sigmoid('-0.5'):.4f}")
    assert Decimal(16) - Decimal("16.5") == Decimal("-0.5")


def test_the_sigmoid_by_hand() -> None:
    assert [sigmoid_at_log(x) for x in (3, 1, Fraction(1, 3))] == [Fraction(3, 4), Fraction(1, 2), Fraction(1, 4)]
    assert math.exp(-math.log(3)) == pytest.approx(1 / 3)
    assert float(exact_sigmoid(0)) == 0.5
    check(
        r"$e^{-a} = \tfrac13$",
        r"\sigma(\ln 3) = \frac{1}{1 + \tfrac13} = \frac34",
        r"\sigma(0) = \frac{1}{1 + 1} = \frac12",
        r"\sigma(-\ln 3) = \frac{1}{1 + 3} = \frac14",
        r"$\sigma(-a) = 1 - \sigma(a)$",
    )
    for a in (1, 7, -3):
        assert float(exact_sigmoid(-a)) == pytest.approx(float(1 - exact_sigmoid(a)))


def test_what_a_double_can_hold() -> None:
    mantissa, exponent = f"{np.finfo(float).max:.1e}".split("e+")
    check(rf"$1.8 \cdot 10^{{{exponent}}}$", "$e^{709}$", "$e^{710}$", "$e^{1000}$")
    assert mantissa == "1.8"
    assert math.exp(709) < math.inf
    with pytest.raises(OverflowError):
        math.exp(710)


def test_the_two_forms_of_the_sigmoid() -> None:
    check(r"\frac{1}{1 + e^{-a}} = \frac{e^a}{1 + e^a}")
    for a in (-1000, -1, 2):
        assert math.exp(a) / (1 + math.exp(a)) == pytest.approx(float(exact_sigmoid(a)))
    for form in (lambda a: 1 / (1 + math.exp(-a)), lambda a: math.exp(-a) / (1 + math.exp(-a))):
        with pytest.raises(OverflowError):
            form(-1000)


def test_where_the_sigmoid_is_exactly_one_or_zero() -> None:
    check("$a = 37$", r"$\sigma(-1000)$")
    assert 1 / (1 + math.exp(-37)) == 1.0
    assert 1 / (1 + math.exp(-36)) < 1.0
    assert float(exact_sigmoid(-1000)) == 0.0 < exact_sigmoid(-1000)


def test_the_slope_of_the_sigmoid_by_hand() -> None:
    for x in (3, Fraction(1, 3)):
        y = sigmoid_at_log(x)
        assert y * (1 - y) == Fraction(3, 16)
    check(
        rf"$\tfrac34 \cdot \tfrac14 = \tfrac{{3}}{{16}} = {float(Fraction(3, 16)):g}$",
        r"$\tfrac14 \cdot \tfrac34$",
        rf"$\tfrac12 \cdot \tfrac12 = {float(Fraction(1, 4)):g}$",
    )
    a = np.linspace(-6, 6, 1201)
    slopes = np.diff(1 / (1 + np.exp(-a))) / np.diff(a)
    assert slopes.max() <= 0.25


def test_what_the_sigmoid_twice_gives_at_zero() -> None:
    y = exact_sigmoid("0.5")
    check(f"{y * (1 - y):.3f}")


def test_ten_sigmoids_in_a_row() -> None:
    product = f"{0.25**10:.8f}"
    assert f"$0.25^{{10}}$ es más o menos {product}" in handout("es")
    assert f"$0.25^{{10}}$ is about {product}" in handout("en")


def test_tanh_by_hand() -> None:
    assert tanh_at_log(2) == Fraction(3, 5)
    assert tanh_at_log(3) == Fraction(4, 5) == sigmoid_at_log(4)
    assert tanh_at_log(Fraction(1, 2)) == -tanh_at_log(2)
    assert tanh_at_log(1) == 0
    assert Fraction(3) + Fraction(1, 3) == Fraction(10, 3)
    assert Fraction(3) - Fraction(1, 3) == Fraction(8, 3)
    check(
        rf"\frac{{2 - \tfrac12}}{{2 + \tfrac12}} = \frac{{{2 - 0.5}}}{{{2 + 0.5}}} = {float(tanh_at_log(2)):g}",
        rf"\frac{{3 - \tfrac13}}{{3 + \tfrac13}} = \frac{{8/3}}{{10/3}} = {float(tanh_at_log(3)):g}",
        f"${float(tanh_at_log(Fraction(1, 2))):g}$",
        r"$\sigma(\ln 4) = \tfrac45$",
        rf"$2 \cdot \tfrac45 - 1 = {float(2 * sigmoid_at_log(4) - 1):g}$",
    )
    for a in (-1.3, 0.4, 2.0):
        assert math.tanh(a) == pytest.approx(2 / (1 + math.exp(-2 * a)) - 1)


def test_the_formula_of_tanh_overflows_on_both_sides() -> None:
    for a in (1000.0, -1000.0):
        with np.errstate(all="ignore"):
            assert np.isinf(np.exp(a) + np.exp(-a))
            assert np.isnan((np.exp(a) - np.exp(-a)) / (np.exp(a) + np.exp(-a)))
        assert abs(math.tanh(a)) == 1.0


def test_the_slope_of_tanh_by_hand() -> None:
    assert slope_of_tanh_at_log(1) == 1
    for x in (2, 3):
        assert slope_of_tanh_at_log(x) == 1 - tanh_at_log(x) ** 2
    at_2, at_3 = float(slope_of_tanh_at_log(2)), float(slope_of_tanh_at_log(3))
    check(
        rf"\frac{{4}}{{\left(2 + \tfrac12\right)^2}} = \frac{{4}}{{{2.5**2}}} = {at_2:g}",
        f"1 - 0.6^2 = 1 - {float(tanh_at_log(2) ** 2):g} = {at_2:g}$$",
        f"$1 - 0.8^2 = {at_3:g}$",
    )
    assert f"1, {at_2:g} y {at_3:g}" in handout("es")
    assert f"1, {at_2:g} and {at_3:g}" in handout("en")
    # Four times that of the sigmoid at 0, but at 3 already the smaller of the two.
    assert slope_of_tanh_at_log(1) == 4 * Fraction(1, 4)
    sigmoid = float(exact_sigmoid(3))
    assert 1 - math.tanh(3) ** 2 < sigmoid * (1 - sigmoid)
    # The denominator is lost sooner than e^a.
    assert math.isfinite(math.exp(400))
    with pytest.raises(OverflowError):
        pow(math.exp(400), 2)


def test_relu() -> None:
    a = [-2, -0.5, 0, 0.5, 3]
    check(f"| $a$ {cells(a)}", rf"| $\text{{relu}}(a)$ {cells([max(0, value) for value in a])}")
    slopes = cells([1 if value > 0 else 0 for value in a])
    assert f"| derivada {slopes}" in handout("es")
    assert f"| derivative {slopes}" in handout("en")
    check(
        rf"$\text{{relu}}(-1) + \text{{relu}}(1) = {max(0, -1) + max(0, 1)}$",
        rf"$\text{{relu}}(-1 + 1) = {max(0, -1 + 1)}$",
        rf"$\text{{relu}}(-2) = {max(0, -2)}$",
    )


def test_the_central_difference_by_hand() -> None:
    check(rf"\frac{{1.5^3 - 0.5^3}}{{2 \cdot 0.5}} = \frac{{{1.5**3} - {0.5**3}}}{{1}} = {1.5**3 - 0.5**3}")


@pytest.mark.parametrize("step", ["0.5", "0.1", "0.01"])
def test_forward_and_central_differences(step: str) -> None:
    h = Fraction(step)
    forward = ((1 + h) ** 3 - 1) / h
    central = ((1 + h) ** 3 - (1 - h) ** 3) / (2 * h)
    assert central == 3 + h**2
    check(f"| {step} | {float(forward)} | {float(central)} |")


def test_a_shorter_step_and_a_smaller_error() -> None:
    def forward_error(h: Fraction) -> Fraction:
        return ((1 + h) ** 3 - 1) / h - 3

    assert Fraction("0.1") ** 2 / Fraction("0.01") ** 2 == 100
    assert round(forward_error(Fraction("0.1")) / forward_error(Fraction("0.01"))) == 10


def test_a_step_that_vanishes() -> None:
    check("$h = 10^{-17}$", "$10^{-5}$", "0.00001")
    assert 1 + 1e-17 == 1 - 1e-17 == 1
    assert Decimal("0.00001") == Decimal("1e-5")
    errors = {h: abs((math.exp(1 + h) - math.exp(1 - h)) / (2 * h) - math.e) for h in (1e-2, 1e-5, 1e-11)}
    assert min(errors, key=errors.__getitem__) == 1e-5


def test_relu_measured_at_zero() -> None:
    h = 1e-5
    measured = (max(0, h) - max(0, -h)) / (2 * h)
    assert f"te saldrá {measured:g}" in handout("es")
    assert f"you will get {measured:g}" in handout("en")


def test_every_decimal_is_accounted_for() -> None:
    HANDOUT.check_decimals(DECIMALS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_question_has_its_place_and_says_what_it_costs(language: str) -> None:
    HANDOUT.check_questions(language)


def test_both_handouts_have_the_same_places_and_formulas() -> None:
    HANDOUT.check_same_places(words=r"\\text\{(?!relu|jacket)[^}]*\}")
    HANDOUT.check_hints(24)
