"""Cases of `collapse`."""

from fractions import Fraction

import numpy as np
from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "collapse"
points = 3


def exact_paths(W1, W2):
    """Return, for every input and output, the sum over all paths between them, in fractions."""
    W1, W2 = np.asarray(W1).tolist(), np.asarray(W2).tolist()
    paths = [[Fraction(0)] * len(W2[0]) for _ in W1]
    for i, first in enumerate(W1):
        for weight, second in zip(first, W2, strict=True):
            for k, next_weight in enumerate(second):
                paths[i][k] += Fraction(weight) * Fraction(next_weight)
    return [[float(total) for total in row] for row in paths]


@test_case(points=0.25)
def two_by_hand(collapse):
    # W2 swaps the two columns.
    call(collapse, np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[0.0, 1.0], [1.0, 0.0]])).returns([[2, 1], [4, 3]])


@test_case(points=0.5)
def lecture_shapes(collapse):
    # Row i of W1 holds nine times the number i, column k of W2 nine times the number k: entry ik is nine times i·k.
    W1 = np.array([[i] * 9 for i in (1, 2, 3, 4, 5, 6, 7, 8)])
    W2 = np.array([[1, 2, 3, 4]] * 9)
    expected = [[9, 18, 27, 36], [18, 36, 54, 72], [27, 54, 81, 108], [36, 72, 108, 144]]
    expected += [[45, 90, 135, 180], [54, 108, 162, 216], [63, 126, 189, 252], [72, 144, 216, 288]]
    call(collapse, W1, W2).returns(expected)


@test_case(points=0.75, hidden=True)
def several_shapes(collapse):
    random = np.random.default_rng(12)
    for n_in, n_hidden, n_out in ((8, 9, 4), (3, 2, 5), (4, 6, 4), (2, 5, 2)):
        W1, W2 = random.normal(0.3, 1.0, size=(n_in, n_hidden)), random.normal(0.5, 1.5, size=(n_hidden, n_out))
        call(collapse, W1, W2).returns(exact_paths(W1, W2))
        call(collapse, W1 / 300, W2 / 10).returns(exact_paths(W1 / 300, W2 / 10))


@test_case(points=0.5, hidden=True)
def as_many_units_everywhere(collapse):
    W1 = np.array([[1.0, -2.0, 0.5], [0.0, 3.0, 1.0], [2.0, 1.0, -1.0]])
    W2 = np.array([[2.0, 0.0, 1.0], [-1.0, 1.0, 0.5], [4.0, -2.0, 3.0]])
    call(collapse, W1, W2).returns([[6, -3, 1.5], [1, 1, 4.5], [-1, 3, -0.5]])
    call(collapse, W2, W1).returns([[4, -3, 0], [0, 5.5, 0], [10, -11, -3]])


@test_case(points=0.25, hidden=True)
def layers_of_one_unit(collapse):
    call(collapse, np.array([[2.0, -1.0, 3.0]]), np.array([[0.5], [4.0], [2.0]])).returns([[3]])
    call(collapse, np.array([[2.0], [-1.0], [3.0]]), np.array([[0.5, 4.0]])).returns([[1, 8], [-0.5, -4], [1.5, 12]])


@test_case(points=0.25, hidden=True)
def integers_and_lists(collapse):
    call(collapse, np.array([[1, 2], [0, -3], [5, 1]]), np.array([[0.5, 1.5], [0.25, -1.0]])).returns(
        [[1, -0.5], [-0.75, 3], [2.75, 6.5]]
    )
    call(collapse, np.array([[0.5, -1.5], [0.25, 1.0]]), np.array([[1, 3], [2, -1]])).returns(
        [[-2.5, 3], [2.25, -0.25]]
    )
    call(collapse, [[1, 0, 2], [3, -1, 1]], [[2, 1], [0, 4], [-1, 1]]).returns([[0, 3], [5, 0]])


@test_case(points=0.25, hidden=True)
def large_values(collapse):
    W1 = np.array([[1000.0, -1000.0, 999.0], [-998.0, 1000.0, 1000.0]])
    W2 = np.array([[1000.0, 1.0], [-1000.0, 997.0], [1000.0, -1000.0]])
    call(collapse, W1, W2).returns(exact_paths(W1, W2)).warns_nothing()


@test_case(points=0.25, hidden=True)
def leaves_its_arguments_alone(collapse):
    W1, W2 = np.array([[0.5, 2.0], [1.0, -1.0]]), np.array([[3.0, 1.0], [-2.0, 0.5]])
    call(collapse, W1, W2).returns([[-2.5, 1.5], [5, 0.5]]).leaves_arguments()
    call(collapse, W1, W2[:, :1]).returns([[-2.5], [5]]).leaves_arguments()
    call(collapse, W1 * 600, W2 * 800).returns([[-1200000, 720000], [2400000, 240000]]).leaves_arguments()
