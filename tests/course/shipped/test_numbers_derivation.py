"""Every number in the derivation, worked out again, the gradients by finite differences too."""

import math
from collections.abc import Callable, Sequence

import pytest
from handout_text import LANGUAGES, Prose

DERIVATION = Prose("05_backpropagation", "derivation")
derivation, check = DERIVATION.text, DERIVATION.check

# The example's network by its parameters in one list: W1 by rows, b1, W2 by rows, b2.
START = [1.0, -1.0, -0.7, 0.5, 0.2, 0.5, 1.7, -1.5, -1.6, 1.0, -0.2, -0.5]
FIRST = ([1.0, 2.0], [1.0, 0.0])
SECOND = ([1.0, 0.0], [0.0, 1.0])
W21 = 2
"""Where the weight from the second input to the first hidden unit stands in the list."""

DECIMALS = """
-0.7 0.5 0.2 1.7 -1.5 -1.6 -0.2 -0.5 0.4502 0.2475 0.6225 0.2350 -0.4307 0.3940 0.2388 -0.5528 0.3652 0.2318 0.2503
-0.1447 0.0847 -0.3730 0.3162 -0.0923 0.0743 -0.0651 0.0381 -0.0901 0.0527 -0.1846 0.1486 -0.69 0.248483 -0.71 0.252175
0.01 -0.5154 0.5514 0.2686 0.1367 0.0799 -0.0864 -0.0062 0.1 0.3 0.16 0.08
"""


def number(value: float) -> str:
    """Return a number that is given, as the text writes it: no more decimals than it has."""
    return f"{value:g}"


def four(value: float) -> str:
    return f"{value:.4f}"


def bracketed(text: str) -> str:
    return f"({text})" if text.startswith("-") else text


def row(values: Sequence[str]) -> str:
    return "[" + r",\; ".join(values) + "]"


def matrix(rows: Sequence[Sequence[str]]) -> str:
    return r"\begin{bmatrix} " + r" \\ ".join(" & ".join(line) for line in rows) + r" \end{bmatrix}"


def sigmoid(a: float) -> float:
    return 1 / (1 + math.exp(-a))


def exact(value: float) -> float:
    return value


def rounded(value: float) -> float:
    return round(value, 4)


def forward(x: Sequence[float], p: Sequence[float], keep: Callable[[float], float] = exact) -> dict[str, list[float]]:
    """Return sums and answers of both layers, each passed through ``keep``."""
    a1 = [keep(x[0] * p[j] + x[1] * p[2 + j] + p[4 + j]) for j in (0, 1)]
    y1 = [keep(sigmoid(a)) for a in a1]
    a2 = [keep(y1[0] * p[6 + k] + y1[1] * p[8 + k] + p[10 + k]) for k in (0, 1)]
    return {"a1": a1, "y1": y1, "a2": a2, "y2": [keep(sigmoid(a)) for a in a2]}


def loss(sample: tuple[list[float], list[float]], p: Sequence[float]) -> float:
    x, t = sample
    return sum((y - target) ** 2 for y, target in zip(forward(x, p)["y2"], t, strict=True)) / 2


def moved(p: Sequence[float], index: int, step: float) -> list[float]:
    return [value + step * (place == index) for place, value in enumerate(p)]


def measured(sample: tuple[list[float], list[float]], p: Sequence[float]) -> list[float]:
    """Return the derivatives of the loss by central differences."""
    h = 1e-6
    return [(loss(sample, moved(p, i, h)) - loss(sample, moved(p, i, -h))) / (2 * h) for i in range(len(p))]


def derived(
    sample: tuple[list[float], list[float]], p: Sequence[float], keep: Callable[[float], float] = exact
) -> dict[str, list[float]]:
    """Return what the document's formulas give, each quantity passed through ``keep``, in the order of ``START``."""
    x, t = sample
    steps = forward(x, p, keep)
    y1, y2 = steps["y1"], steps["y2"]
    slope1, slope2 = ([keep(y * (1 - y)) for y in ys] for ys in (y1, y2))
    delta2 = [keep((y2[k] - t[k]) * slope2[k]) for k in (0, 1)]
    back = [keep(delta2[0] * p[6 + 2 * j] + delta2[1] * p[7 + 2 * j]) for j in (0, 1)]
    delta1 = [keep(back[j] * slope1[j]) for j in (0, 1)]
    first = [keep(x[i] * delta1[j]) for i in (0, 1) for j in (0, 1)]
    second = [keep(y1[j] * delta2[k]) for j in (0, 1) for k in (0, 1)]
    total = [keep(sum((y2[k] - t[k]) ** 2 for k in (0, 1)) / 2)]
    return {
        **steps,
        "slope1": slope1,
        "slope2": slope2,
        "delta2": delta2,
        "back": back,
        "delta1": delta1,
        "loss": total,
        "all": [*first, *delta1, *second, *delta2],
    }


@pytest.mark.parametrize("sample", [FIRST, SECOND])
def test_the_formulas_give_what_finite_differences_measure(sample: tuple[list[float], list[float]]) -> None:
    assert derived(sample, START)["all"] == pytest.approx(measured(sample, START), abs=1e-9)


def test_rounding_at_every_step_gives_the_same_four_decimals() -> None:
    by_hand, by_machine = derived(FIRST, START, rounded), derived(FIRST, START)
    for name, values in by_machine.items():
        assert [four(value) for value in by_hand[name]] == [four(value) for value in values], name


def test_the_network_of_the_example() -> None:
    w11, w12, w21, w22, b1, b2, v11, v12, v21, v22, c1, c2 = map(number, START)
    check(
        rf"\mathbf{{x}} = {row([number(v) for v in FIRST[0]])}",
        rf"\mathbf{{t}} = {row([number(v) for v in FIRST[1]])}",
        rf"W_1 = {matrix([[w11, w12], [w21, w22]])} \qquad \mathbf{{b}}_1 = {row([b1, b2])}",
        rf"W_2 = {matrix([[v11, v12], [v21, v22]])} \qquad \mathbf{{b}}_2 = {row([c1, c2])}",
    )


def test_the_pass_forward() -> None:
    values = derived(FIRST, START)
    x = [number(v) for v in FIRST[0]]
    y1 = [four(v) for v in values["y1"]]
    places = (("a1", "y1", "slope1", x, 0, number), ("a2", "y2", "slope2", y1, 6, four))
    for sums, answers, slopes, into, at, form in places:
        for unit in (0, 1):
            w, v, bias = (number(START[at + offset + unit]) for offset in (0, 2, 4))
            total = f"- {bias[1:]}" if bias.startswith("-") else f"+ {bias}"
            gathered = rf"{into[0]} \cdot {bracketed(w)} + {into[1]} \cdot {bracketed(v)} {total}"
            result = form(round(values[sums][unit], 9))
            answer, slope = four(values[answers][unit]), four(values[slopes][unit])
            check(f"| {unit + 1} | ${gathered} = {result}$ | {answer} | {slope} |")


def test_the_loss_and_the_deltas_of_the_output() -> None:
    values = derived(FIRST, START)
    (y1, y2), (s1, s2), (d1, d2) = ([four(v) for v in values[name]] for name in ("y2", "slope2", "delta2"))
    check(
        rf"L = \tfrac12 \left( ({y1} - 1)^2 + ({y2} - 0)^2 \right) = {four(loss(FIRST, START))}",
        rf"\delta_1 = ({y1} - 1) \cdot {s1} = {d1}",
        rf"\delta_2 = ({y2} - 0) \cdot {s2} = {d2}",
    )


def test_the_deltas_of_the_hidden_layer() -> None:
    values = derived(FIRST, START)
    d1, d2 = (four(v) for v in values["delta2"])
    for unit in (0, 1):
        w, v = (bracketed(number(START[6 + 2 * unit + k])) for k in (0, 1))
        delta = four(values["delta1"][unit]).replace("-", "−")
        check(
            rf"| {unit + 1} | ${d1} \cdot {w} + {d2} \cdot {v} = {four(values['back'][unit])}$ "
            f"| {four(values['slope1'][unit])} | {delta} |"
        )


def test_the_twelve_derivatives() -> None:
    g = [four(value) for value in measured(FIRST, START)]
    assert len(g) == 12
    check(
        rf"\partial W_1}} = {matrix([g[0:2], g[2:4]])}",
        rf"\mathbf{{b}}_1}} = {row(g[4:6])}",
        rf"\partial W_2}} = {matrix([g[6:8], g[8:10]])}",
        rf"\mathbf{{b}}_2}} = {row(g[10:12])}",
        rf"$2 \cdot ({g[4]}) = {g[W21]}$",
    )


def test_the_derivative_measured_in_the_text() -> None:
    up, down = (loss(FIRST, moved(START, W21, step)) for step in (0.01, -0.01))
    shown = (float(f"{up:.6f}") - float(f"{down:.6f}")) / 0.02
    assert four(shown) == four((up - down) / 0.02) == four(measured(FIRST, START)[W21])
    check(
        f"${number(START[W21] + 0.01)}$",
        f"${number(START[W21] - 0.01)}$",
        f"${up:.6f}$",
        f"${down:.6f}$",
        rf"\frac{{{up:.6f} - {down:.6f}}}{{2 \cdot 0.01}} = {four(shown)}",
    )


def test_one_step_of_descent() -> None:
    after = [value - gradient for value, gradient in zip(START, measured(FIRST, START), strict=True)]
    before, answers = (row([four(v) for v in forward(FIRST[0], p)["y2"]]) for p in (START, after))
    check(
        rf"$-0.7 - 1 \cdot ({four(measured(FIRST, START)[W21])}) = {four(after[W21])}$",
        f"${answers}$",
        f"${before}$",
        f"${four(loss(FIRST, START))}$",
        f"${four(loss(FIRST, after))}$",
    )


def test_two_samples() -> None:
    one, other = measured(FIRST, START), measured(SECOND, START)
    d, e = four(one[4]), [four(value) for value in other[4:6]]

    def batch(p: Sequence[float]) -> float:
        return (loss(FIRST, p) + loss(SECOND, p)) / 2

    for index, first, second in ((0, 1, 1), (W21, 2, 0)):
        mean = (batch(moved(START, index, 1e-6)) - batch(moved(START, index, -1e-6))) / 2e-6
        assert four((first * float(d) + second * float(e[0])) / 2) == four(mean)
        check(rf"\tfrac12 \bigl({first} \cdot ({d}) + {second} \cdot {e[0]}\bigr) = {four(mean)}")
    check(
        rf"$\mathbf{{x}} = {row([number(v) for v in SECOND[0]])}$",
        f"${row([number(v) for v in SECOND[1]])}$",
        rf"$\boldsymbol{{\delta}} = {row(e)}$",
    )


def test_the_gear_wheels() -> None:
    first, second = 2 * 3, 5 * (-1)
    check(
        rf"$2 \cdot 3 = {first}$",
        rf"$5 \cdot (-1) = {second}$",
        f"${first} - {-second} = {first + second}$",
    )


def test_the_unit_of_the_figure() -> None:
    # Unit 2 of the handout's table, whose output is 0.2.
    first, second, slope = 0.1 * 3, -0.2 * -1, 0.2 * (1 - 0.2)
    delta = number((first + second) * slope)
    check(
        rf"$0.1 \cdot 3 = {number(first)}$",
        rf"$-0.2 \cdot (-1) = {number(second)}$",
        f"${number(slope)}$",
        rf"$\delta_j = ({number(first)} + {number(second)}) \cdot {number(slope)} = {delta}$",
    )


def test_every_decimal_is_accounted_for() -> None:
    DERIVATION.check_decimals(DECIMALS)


def test_both_say_the_same_in_formulas() -> None:
    assert len(DERIVATION.check_same_places()) > 25


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_ends_in_the_formula_of_the_handout(language: str) -> None:
    formula = r"\delta_j = \sum_k \delta_k\, w_{jk}\, y_j\,(1 - y_j)"
    assert f"$${formula}$$" in DERIVATION.source(language)
    assert f"$${formula}$$" in Prose(DERIVATION.stage).source(language)
