"""Every number in the handouts of stage 04, worked out again; none may stand there that is not."""

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from statistics import NormalDist

import pytest
from handout_text import LANGUAGES, Prose

HANDOUT = Prose("04_forward_propagation")
handout, check = HANDOUT.text, HANDOUT.check

DRAWING = [8, 9, 9, 9, 4]
SMALL = [3, 4, 2]
# Two samples with their targets: the probabilities of the lecture, and a second answer.
OUTPUTS = [["0.1", "0.2", "0.7"], ["0.5", "0.25", "0.25"]]
TARGETS = [[0, 0, 1], [1, 0, 0]]

# All of these are worked out below.
DECIMALS = """
0.577 0.5 0.99995 0.000045 0.1 0.731 0.197 0.2689 0.5000 0.8808 -0.7616 0.0000 0.9640 0.0420 0.1142 0.8438
0.2 0.7 0.25 -0.3 -0.5 0.3 0.01 0.04 0.09 0.07 0.0625 0.1875 0.12875 0.0858
"""

Matrix = Sequence[Sequence[int]]


def row(values: Iterable[object]) -> str:
    """Return a vector as the handouts write it in formulas."""
    return "[" + r",\; ".join(str(value) for value in values) + "]"


def plain(values: Iterable[object]) -> str:
    """Return a vector as the handouts write it in a table."""
    return "$[" + ", ".join(str(value) for value in values) + "]$"


def matrix(rows: Iterable[Iterable[object]]) -> str:
    inside = r" \\ ".join(" & ".join(str(value) for value in values) for values in rows)
    return r"\begin{bmatrix} " + inside + r" \end{bmatrix}"


def sums(x: Sequence[int], W: Matrix, b: Sequence[int]) -> list[int]:  # noqa: N803
    return [sum(x[i] * W[i][j] for i in range(len(x))) + b[j] for j in range(len(b))]


def relu(a: Iterable[int]) -> list[int]:
    return [max(0, value) for value in a]


def sigmoid(a: float) -> float:
    return 1 / (1 + math.exp(-a))


def decimal(value: Fraction) -> str:
    return f"{float(value):.10f}".rstrip("0").rstrip(".")


def parameters(layer_sizes: Sequence[int]) -> int:
    return sum((n_in + 1) * n_out for n_in, n_out in pairwise(layer_sizes))


def test_the_network_of_the_drawing() -> None:
    check(f"`{DRAWING}`", f"$L = {len(DRAWING) - 1}$")
    *first, last = DRAWING
    words = {"es": ("y", "círculos", "columnas"), "en": ("and", "circles", "columns")}
    for language, (conjunction, circles, columns) in words.items():
        text = handout(language)
        assert f"{', '.join(map(str, first))} {conjunction} {last} {circles}" in text
        assert f"{len(DRAWING)} {columns}" in text
        assert f" `(m, {DRAWING[-2]})` {conjunction} `(m, {last})`" in text
        assert ", ".join(f"`(m, {units})`" for units in first) in text
    assert f"los pares `(W, b)` son {len(DRAWING) - 1}. " in handout("es")
    assert f"there are {len(DRAWING) - 1} pairs `(W, b)`. " in handout("en")
    assert f"La profundidad es {len(DRAWING) - 2}," in handout("es")
    assert f"The depth is {len(DRAWING) - 2}," in handout("en")
    assert f"En la red de la clase son {parameters(DRAWING)}." in handout("es")
    assert f"In the network from class there are {parameters(DRAWING)}." in handout("en")


def test_the_small_network() -> None:
    n_in, hidden, n_out = SMALL
    check(
        f"`{SMALL}`",
        rf"| `({n_in}, {hidden})` | `({hidden},)` | $1/\sqrt{{{n_in}}} = {1 / math.sqrt(n_in):.3f}$ |",
        rf"| `({hidden}, {n_out})` | `({n_out},)` | $1/\sqrt{{{hidden}}} = {1 / math.sqrt(hidden):g}$ |",
        rf"${n_in} \cdot {hidden} + {hidden} + {hidden} \cdot {n_out} + {n_out} = {parameters(SMALL)}$",
    )


def test_how_far_sums_spread() -> None:
    n_in = 100
    # n_in independent products of standard deviation s: their variances add up.
    wide, narrow = math.sqrt(n_in * 1**2), math.sqrt(n_in * (1 / math.sqrt(n_in)) ** 2)
    assert (wide, narrow) == (10, 1)
    check(rf"\sqrt{{{n_in}}} = {wide:g}$", rf"$s = 1/\sqrt{{{n_in}}} = {1 / math.sqrt(n_in):g}$")
    for a, digits, slope_digits in ((wide, 5, 6), (narrow, 3, 3)):
        value = sigmoid(a)
        slope = f"{value * (1 - value):.{slope_digits}f}"
        assert f"vale {value:.{digits}f} y su derivada {slope}" in handout("es")
        assert f"is {value:.{digits}f} and its derivative {slope}" in handout("en")


def test_shares_of_normal_and_of_uniform_numbers() -> None:
    normal = [f"{2 * NormalDist().cdf(width) - 1:.0%}"[:-1] for width in (1, 2)]
    # Uniform numbers from −e to e have the standard deviation e/√3.
    uniform = [f"{min(1.0, width / math.sqrt(3)):.0%}"[:-1] for width in (1, 2)]
    assert f"el {normal[0]} % cae a menos de una desviación de la media y el {normal[1]} %" in handout("es")
    assert f"son el {uniform[0]} % y el {uniform[1]} %" in handout("es")
    assert f"{normal[0]}% fall within one deviation of the mean and {normal[1]}% within two" in handout("en")
    assert f"it is {uniform[0]}% and {uniform[1]}%" in handout("en")


def test_one_layer_by_hand() -> None:
    x, weights, b = [1, 2], [[1, 2, 0], [-1, 0, 1]], [0, -2, 0]
    a = sums(x, weights, b)
    check(
        rf"$$\mathbf{{x}} = {row(x)}, \qquad W = {matrix(weights)}, \qquad \mathbf{{b}} = {row(b)}$$",
        rf"a_1 &= 1 \cdot 1 + 2 \cdot (-1) + 0 = {a[0]} \\",
        rf"a_2 &= 1 \cdot 2 + 2 \cdot 0 - 2 = {a[1]} \\",
        rf"a_3 &= 1 \cdot 0 + 2 \cdot 1 + 0 = {a[2]} \end",
    )
    exponentials = [math.exp(value) for value in a]
    table = {
        "linear": [str(value) for value in a],
        "sigmoid": [f"{sigmoid(value):.4f}" for value in a],
        "tanh": [f"{math.tanh(value):.4f}" for value in a],
        "relu": [str(value) for value in relu(a)],
        "softmax": [f"{value / sum(exponentials):.4f}" for value in exponentials],
    }
    for name, values in table.items():
        check(f"| {name} | {' | '.join(values)} |".replace("-", "−"))


def test_a_batch_through_the_layer() -> None:
    batch, weights, b = [[1, 2], [0, 3]], [[1, 2, 0], [-1, 0, 1]], [0, -2, 0]
    a = [sums(x, weights, b) for x in batch]
    arrow = r"\;\xrightarrow{\;\text{relu}\;}\;"
    activated = matrix(relu(values) for values in a)
    check(rf"{matrix(batch)} W + \mathbf{{b}} = {matrix(a)} {arrow} {activated}")


def test_two_layers_by_hand() -> None:
    x = [1, 2]
    first, b_first = [[1, 2, 0], [-1, 0, 1]], [0, 0, 1]
    second, b_second = [[5, 1], [1, -2], [-1, 1]], [0, 3]
    a_first = sums(x, first, b_first)
    y_first = relu(a_first)
    a_second = sums(y_first, second, b_second)
    y_second = relu(a_second)
    check(rf"$0 \cdot 1 + 2 \cdot (-2) + 3 \cdot 1 + 3 = {a_second[1]}$")
    arrows = [rf"\;\xrightarrow{{\;{text}\;}}\;" for text in (r"W_1,\, \mathbf{b}_1", r"\text{relu}")]
    arrows += [arrows[0].replace("1", "2"), arrows[1]]
    check(
        rf"$$W_1 = {matrix(first)}, \quad \mathbf{{b}}_1 = {row(b_first)}, \qquad",
        rf"W_2 = {matrix(second)}, \quad \mathbf{{b}}_2 = {row(b_second)}$$",
        f"$${row(x)} {arrows[0]} {row(a_first)} {arrows[1]} {row(y_first)} "
        f"{arrows[2]} {row(a_second)} {arrows[3]} {row(y_second)}$$",
    )
    assert f"devuelve ${row(x)}$, ${row(y_first)}$ y ${row(y_second)}$" in handout("es")
    assert f"Las sumas, ${row(a_first)}$ y ${row(a_second)}$," in handout("es")
    assert f"returns ${row(x)}$, ${row(y_first)}$ and ${row(y_second)}$" in handout("en")
    assert f"The sums, ${row(a_first)}$ and ${row(a_second)}$," in handout("en")


def test_exclusive_or() -> None:
    first, b_first, second, b_second = [[1, 1], [1, 1]], [0, -1], [[1], [-2]], [0]
    check(
        rf"$$W_1 = {matrix(first)}, \quad \mathbf{{b}}_1 = {row(b_first)}, \quad f_1 = \text{{relu}}, \qquad",
        rf"W_2 = {matrix(second)}, \quad \mathbf{{b}}_2 = {row(b_second)}, \quad f_2 = \text{{linear}}$$",
    )
    without_relu = []
    for x in ([0, 0], [0, 1], [1, 0], [1, 1]):
        a = sums(x, first, b_first)
        y = sums(relu(a), second, b_second)
        assert y == [x[0] ^ x[1]]
        check(f"| {plain(x)} | {plain(a)} | {plain(relu(a))} | {plain(y)} |")
        without_relu += sums(a, second, b_second)
    *some, last = without_relu
    assert f"salen {', '.join(map(str, some))} y {last}." in handout("es")
    assert f"give {', '.join(map(str, some))} and {last}." in handout("en")
    assert without_relu[0] + without_relu[3] == without_relu[1] + without_relu[2]
    check("${} + {} = {} + {}$".format(*(without_relu[index] for index in (0, 3, 1, 2))), "$0 + 0 = 1 + 1$")


def differences() -> list[list[Fraction]]:
    return [
        [Fraction(output) - target for output, target in zip(outputs, targets, strict=True)]
        for outputs, targets in zip(OUTPUTS, TARGETS, strict=True)
    ]


def test_the_errors() -> None:
    found = [[decimal(value) for value in values] for values in differences()]
    check(row(OUTPUTS[0]), row(TARGETS[0]), f"{matrix(OUTPUTS)} - {matrix(TARGETS)} = {matrix(found)}")


def test_comparisons_in_an_epoch() -> None:
    assert 1000 // 100 == 10
    assert "con 1000 muestras en lotes de 100, diez veces por época" in handout("es")
    assert "with 1000 samples in batches of 100, ten times an epoch" in handout("en")


def test_the_loss() -> None:
    losses = []
    for values in differences():
        bases = " + ".join(f"{decimal(abs(value))}^2" for value in values)
        squares = " + ".join(decimal(value**2) for value in values)
        losses.append(sum((value**2 for value in values), Fraction(0)) / 2)
        check(rf"$$\tfrac12 \left({bases}\right) = \tfrac12 \left({squares}\right) = {decimal(losses[-1])}$$")
    mean = decimal(sum(losses, Fraction(0)) / len(losses))
    check(rf"$$L = \tfrac12 \left({' + '.join(map(decimal, losses))}\right) = {mean}$$")


def test_errors_with_signs_cancel() -> None:
    assert [sum(values) for values in differences()] == [0, 0]
    check("$0.1 + 0.2 - 0.3 = 0$")


def test_the_loss_of_other_libraries() -> None:
    squares = [value**2 for values in differences() for value in values]
    check(f"{float(sum(squares, Fraction(0)) / len(squares)):.4f}")


def test_every_decimal_is_accounted_for() -> None:
    HANDOUT.check_decimals(DECIMALS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_question_has_its_place_and_says_what_it_costs(language: str) -> None:
    HANDOUT.check_questions(language)
    # What is given comes first.
    text = HANDOUT.source(language)
    assert text.count("<!-- given:") == 1
    assert text.index("<!-- given:") < text.index("<!-- question: layer_forward -->")


def test_both_handouts_have_the_same_places_and_formulas() -> None:
    HANDOUT.check_same_places()
    HANDOUT.check_hints(15)
