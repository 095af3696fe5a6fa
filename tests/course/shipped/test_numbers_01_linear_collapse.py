"""Every number in the handouts of stage 01, worked out again; none may stand there that is not."""

import itertools
import re
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

import numpy as np
import pytest
from handout_text import LANGUAGES, Prose

from capas_check import CheckFailure, call
from capas_check.texts import load_texts

HANDOUT = Prose("01_linear_collapse")
handout, check, check_each = HANDOUT.text, HANDOUT.check, HANDOUT.check_each

# The worked examples: a layer, two more, and the samples that go through them.
X = [1, 2]
W1, B1 = [[1, 0, -1], [3, 1, 2]], [Fraction(1, 2), -1, 2]
W2, B2 = [[2, 0], [1, 1], [1, -1]], [1, -1]
W3, B3 = [[1], [-2]], [Fraction(1, 2)]
LECTURE = [8, 9, 9, 9, 4]

# Every one of these is worked out below.
DECIMALS = "0.5 7.5 3.5 -0.5 11.5 10.5 0.1 0.2 2.8"


def number(value: Fraction | int) -> str:
    return f"{float(value):g}"


def row(values: Iterable[Fraction | int]) -> str:
    """Return a vector as the handouts write it."""
    return "[" + r",\; ".join(number(value) for value in values) + "]"


def matrix(rows: Iterable[Iterable[Fraction | int]]) -> str:
    """Return a matrix as the handouts write it."""
    inside = r" \\ ".join(" & ".join(number(value) for value in values) for values in rows)
    return rf"\begin{{bmatrix}} {inside} \end{{bmatrix}}"


def through(x: Sequence[Fraction | int], w: Sequence[Sequence[int]], b: Sequence[Fraction | int]) -> list[Fraction]:
    """Return the output of one layer for one sample, weight by weight."""
    return [sum((Fraction(x[i]) * w[i][j] for i in range(len(x))), Fraction(b[j])) for j in range(len(b))]


def product(first: Sequence[Sequence[int]], second: Sequence[Sequence[int]]) -> list[list[int]]:
    return np.array(first).dot(np.array(second)).tolist()


def relu(values: Iterable[int]) -> list[int]:
    return [value if value > 0 else 0 for value in values]


def _stub(x: int) -> None:
    """Do nothing, like a stub that nobody filled in."""


def _square(x: int) -> int:
    return x**2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("attempt", [_stub, _square])
def test_the_messages_of_question_zero(language: str, attempt: Callable[[int], int | None]) -> None:
    attempt.__name__ = "double"
    with pytest.raises(CheckFailure) as failure:
        call(attempt, 3).returns(6)
    assert f"```text {failure.value.sentence(load_texts(language))} ```" in handout(language)


def test_one_sample_through_a_layer() -> None:
    y = through(X, W1, B1)
    terms = [
        rf"{X[0]} \cdot {W1[0][j] if W1[0][j] >= 0 else f'({W1[0][j]})'} + {X[1]} \cdot {W1[1][j]} "
        f"{'-' if B1[j] < 0 else '+'} {number(abs(B1[j]))} = {number(y[j])}"
        for j in range(3)
    ]
    check(
        f"x = {row(X)}, \\qquad W = {matrix(W1)}, \\qquad b = {row(B1)}",
        *(f"y_{j} &= {text}" for j, text in enumerate(terms, 1)),
        f"$y = {row(y)}$",
    )


def test_a_batch_through_a_layer() -> None:
    batch = [[1, 2], [0, 1], [-1, 0]]
    outputs = [through(sample, W1, B1) for sample in batch]
    check(rf"{matrix(batch)} \;\longrightarrow\; {matrix(outputs)}")


def test_the_drawing() -> None:
    arrows = LECTURE[0] * LECTURE[1]
    check(f"`{LECTURE}`", rf"${LECTURE[0]} \cdot {LECTURE[1]} = {arrows}$", f"{LECTURE[0]}×{LECTURE[1]}")
    assert arrows == np.zeros((8, 9)).size
    check_each(f"con {len(LECTURE)} capas", f"with {len(LECTURE)} layers")
    check_each("con 8 unidades", "with 8 units")
    check_each("tres capas escondidas (*hidden layers*) de 9 unidades", "three hidden layers of 9 units")
    check_each("la capa de salida, con 4", "the output layer, with 4")


def test_width_and_depth() -> None:
    widest, other = max(LECTURE), max([12, 5, 3])
    check_each(
        f"el ancho es {widest}. En `[12, 5, 3]` es {other}", f"the width is {widest}. In `[12, 5, 3]` it is {other}"
    )
    hidden = len(LECTURE[1:-1])
    check_each(
        f"tiene {len(LECTURE)} capas; si quitas las dos de los extremos, quedan {hidden}",
        f"has {len(LECTURE)} layers; take away the two at the ends, and {hidden} are left",
    )
    matrices = len(list(itertools.pairwise(LECTURE)))
    check_each(
        f"hay {len(LECTURE)} capas si cuentas columnas, {matrices} si cuentas matrices de pesos y {hidden} si cuentas",
        f"has {len(LECTURE)} layers if you count columns, {matrices} if you count matrices of weights and {hidden} if",
    )
    check_each(
        f"Con {len(LECTURE)} capas hay {matrices} parejas", f"With {len(LECTURE)} layers there are {matrices} pairs"
    )
    assert [len(sizes[1:-1]) for sizes in ([5, 2], [5, 7, 2])] == [0, 1]
    check("`[5, 2]`", "`[5, 7, 2]`")
    check_each("la profundidad es 0", "the depth is 0")
    check_each("debe dar 0 y 1", "must give 0 and 1")


def test_the_table_of_parameters() -> None:
    pairs = list(itertools.pairwise(LECTURE))
    lines = [f"| {n} → {k} | {n} · {k} = {n * k} | {k} | {n * k + k} |" for n, k in pairs]
    check(" ".join(lines))
    weights, biases = sum(n * k for n, k in pairs), sum(LECTURE[1:])
    check(f"| **total** | {weights} | {biases} | **{weights + biases}** |")
    first, second = 2 * 3 + 3, 3 * 1 + 1
    check("`[2, 3, 1]`", rf"$(2 \cdot 3 + 3) + (3 \cdot 1 + 1) = {first} + {second} = {first + second}$")


def test_the_collapse_of_the_lecture() -> None:
    collapsed = np.zeros((8, 9)).dot(np.zeros((9, 4)))
    check("8×9", "9×4", "×".join(map(str, collapsed.shape)))
    before = [8 * 9, 9 * 4]
    check(f"${before[0]} + {before[1]} = {sum(before)}$")
    check_each(f"$W^*$ tiene {collapsed.size}", f"$W^*$ has {collapsed.size}")
    # The claim on ranks: nine units are no bottleneck for an 8×4 matrix, one unit is.
    random = np.random.default_rng(1)
    assert np.linalg.matrix_rank(random.normal(size=(8, 9)) @ random.normal(size=(9, 4))) == min(8, 4)
    assert np.linalg.matrix_rank(random.normal(size=(8, 1)) @ random.normal(size=(1, 4))) == 1


def test_two_matrices_by_hand() -> None:
    first, second, x = [[1, 2], [3, 4]], [[0, 1], [1, 0]], [2, 1]
    collapsed = product(first, second)
    check(rf"W_1 = {matrix(first)}, \qquad W_2 = {matrix(second)}, \qquad W^* = {matrix(collapsed)}")
    h = through(x, first, [0, 0])
    y = through(h, second, [0, 0])
    assert y == through(x, collapsed, [0, 0])
    check(f"$x = {row(x)}$", f"$h = {row(h)}$", f"$y = {row(y)}$", rf"$x\,W^* = {row(y)}$")
    check(f"W_2 W_1 = {matrix(product(second, first))}")
    assert product(second, first) != collapsed


def test_two_layers_by_hand() -> None:
    w_star = product(W1, W2)
    carried = through(B1, W2, [0, 0])
    b_star = [value + bias for value, bias in zip(carried, B2, strict=True)]
    check(
        f"W_1 = {matrix(W1)}, \\quad b_1 = {row(B1)}, \\qquad W_2 = {matrix(W2)}, \\quad b_2 = {row(B2)}",
        f"W^* = W_1 W_2 = {matrix(w_star)}, \\qquad b^* = b_1 W_2 + b_2 = {row(carried)} + {row(B2)} = {row(b_star)}",
    )
    h = through(X, W1, B1)
    y = through(h, W2, B2)
    assert y == through(X, w_star, b_star)
    check(f"$x = {row(X)}$", row(h), f"${row(y)}$", rf"$x\,W^* = {row(through(X, w_star, [0, 0]))}$")
    # What the last hint says: zeros in, b* out.
    assert through(through([0, 0], W1, B1), W2, B2) == b_star


def test_three_layers_by_hand() -> None:
    b_two = through(through([0, 0], W1, B1), W2, B2)
    w_star = product(product(W1, W2), W3)
    carried, b_star = through(b_two, W3, [0]), through(b_two, W3, B3)
    check(
        f"W_3 = {matrix(W3)}, \\quad b_3 = {row(B3)}",
        f"W^* = {matrix(w_star)}, \\quad b^* = {row(b_star)}",
        rf"${row(b_two)}\,W_3 = {row(carried)}$",
        f"${number(carried[0])} + {number(B3[0])} = {number(b_star[0])}$",
    )
    assert through(X, w_star, b_star) == through(through(through(X, W1, B1), W2, B2), W3, B3)


def test_what_is_left_of_the_lectures_network() -> None:
    before = sum(n * k + k for n, k in itertools.pairwise(LECTURE))
    after = LECTURE[0] * LECTURE[-1] + LECTURE[-1]
    left = rf"$8 \cdot 4 + 4 = {after}$"
    check_each(f"de sus {before} parámetros quedan {left}", f"of its {before} parameters {left} remain")


def test_the_same_weights_with_and_without_relu() -> None:
    first, second = [[1, -1]], [[1], [1]]
    collapsed = product(first, second)[0][0]
    check(f"W_1 = {matrix(first)}, \\qquad W_2 = {matrix(second)}")
    check(rf"W_1 W_2 = 1 \cdot 1 + (-1) \cdot 1 = {collapsed}")
    for x in (3, -2):
        h = [x * first[0][0], x * first[0][1]]
        bent = relu(h)
        sign = "−" if x < 0 else ""
        check(f"| {sign}{abs(x)} | ${row(h)}$ | {sum(h)} | ${row(bent)}$ | {sum(bent)} |")
        assert sum(bent) == abs(x)
        assert sum(h) == collapsed * x


def test_exclusive_or_needs_a_fold() -> None:
    first, second = [[1, -1], [-1, 1]], [[1], [1]]
    check(f"W_1 = {matrix(first)}, \\qquad W_2 = {matrix(second)}")
    wanted = {(0, 1): 1, (1, 0): 1, (0, 0): 0, (1, 1): 0}
    ones, zeros = ([row(x) for x, t in wanted.items() if t == value] for value in (1, 0))
    check_each(
        f"1 en ${ones[0]}$ y en ${ones[1]}$; 0 en ${zeros[0]}$ y en ${zeros[1]}$",
        f"1 at ${ones[0]}$ and at ${ones[1]}$; 0 at ${zeros[0]}$ and at ${zeros[1]}$",
    )
    for x, t in wanted.items():
        assert sum(relu(int(value) for value in through(x, first, [0, 0]))) == abs(x[0] - x[1]) == t
    # The plane of the picture, x₁ + x₂, and where it misses.
    missed = [(x[0] + x[1], t) for x, t in wanted.items() if x[0] + x[1] != t]
    assert missed == [(2, 0)]
    check_each("en el cuarto da 2, y se pedía 0", "at the fourth it gives 2, and 0 was asked for")
    # The centre of the square lies halfway between the zeros and halfway between the ones.
    assert np.mean([(0, 0), (1, 1)], axis=0).tolist() == np.mean([(0, 1), (1, 0)], axis=0).tolist()


def test_the_gap_of_a_layer() -> None:
    u, v = X, [0, 1]
    points = {"u + v": [1, 3], "u": u, "v": v, "0": [0, 0]}
    assert points["u + v"] == [p + q for p, q in zip(u, v, strict=True)]
    f = {name: through(point, W1, B1) for name, point in points.items()}
    for name, values in f.items():
        check(f"| $f({name})$ | " + " | ".join(number(value).replace("-", "−") for value in values) + " |")
    differences = [f["u + v"][j] - f["u"][j] - f["v"][j] for j in range(3)]
    with_origin = [difference + f["0"][j] for j, difference in enumerate(differences)]
    check("| $f(u + v) - f(u) - f(v) + f(0)$ | " + " | ".join(map(number, with_origin)) + " |")
    assert not any(with_origin)
    accused = number(max(map(abs, differences)))
    check(f"$u = {row(u)}$", f"$v = {row(v)}$")
    check_each(f"${row(differences)}$ y la brecha {accused}", f"${row(differences)}$ and the gap {accused}")


def test_the_gap_of_the_v() -> None:
    u, v = 3, -2
    gap = abs(abs(u + v) - abs(u) - abs(v) + abs(0))
    check(f"$u = {u}$", f"$v = {v}$", rf"f({u + v}) - f({u}) - f({v}) + f(0) \,\right| = |1 - 3 - 2 + 0| = {gap}")
    # On one side of the bend the V is a straight line.
    same_side = abs(3 + 2) - abs(3) - abs(2) + abs(0)
    check("$v = 2$", f"$5 - 3 - 2 + 0 = {same_side}$")


def test_a_gap_that_is_only_rounding() -> None:
    rounding = f"{(0.1 + 0.2) - 0.1 - 0.2:.1e}"
    check_each(f"`(0.1 + 0.2) - 0.1 - 0.2` da {rounding}", f"`(0.1 + 0.2) - 0.1 - 0.2` gives {rounding}")


def test_lists_are_joined_and_not_added() -> None:
    first, second = [1, 2], [3, 4]
    assert len(first + second) == 4
    check("`[1, 2] + [3, 4]`")
    check_each("es una lista de cuatro números", "is a list of four numbers")


def test_every_decimal_is_accounted_for() -> None:
    HANDOUT.check_decimals(DECIMALS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_question_has_its_place_and_says_what_it_costs(language: str) -> None:
    HANDOUT.check_questions(language)


def test_the_first_section_is_question_zero() -> None:
    for language, title in (("es", "Pregunta 0: cómo se trabaja aquí"), ("en", "Question 0: how to work here")):
        text = HANDOUT.source(language)
        assert re.findall(r"^## (.*)$", text, re.M)[0] == title


def test_both_handouts_have_the_same_places_and_formulas() -> None:
    HANDOUT.check_same_places()
    HANDOUT.check_hints(21)
