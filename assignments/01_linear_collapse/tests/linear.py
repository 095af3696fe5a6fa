"""Cases of `linear`."""

from fractions import Fraction

import numpy as np
from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "linear"
points = 3


def exact_outputs(batch, W, b):
    """Return the output of every sample in fractions, one connection at a time, rounded once at the end."""
    W, b = np.asarray(W).tolist(), np.asarray(b).tolist()
    outputs = []
    for sample in np.asarray(batch).tolist():
        units = [Fraction(bias) for bias in b]
        for value, weights in zip(sample, W, strict=True):
            units = [unit + Fraction(value) * Fraction(weight) for unit, weight in zip(units, weights, strict=True)]
        outputs.append([float(unit) for unit in units])
    return outputs


@test_case(points=0.5)
def one_sample_by_hand(linear):
    W = np.array([[1.0, 0.0, -1.0], [3.0, 1.0, 2.0]])
    call(linear, np.array([1.0, 2.0]), W, np.array([0.5, -1.0, 2.0])).returns([7.5, 1, 5])


@test_case(points=0.25)
def three_samples_of_integers(linear):
    x = np.array([[1, 2], [0, 1], [-1, 0]])
    W = np.array([[1, 0, -1], [3, 1, 2]])
    call(linear, x, W, np.array([0.5, -1.0, 2.0])).returns([[7.5, 1, 5], [3.5, 0, 4], [-0.5, -1, 3]])


@test_case(points=0.5, hidden=True)
def several_samples(linear):
    random = np.random.default_rng(11)
    x, W, b = random.normal(0.4, 1.5, size=(5, 3)), random.normal(size=(3, 4)), random.normal(1.0, 1.0, size=4)
    expected = exact_outputs(x, W, b)
    call(linear, x, W, b).returns(expected)
    call(linear, x[3], W, b).returns(expected[3])
    small = x / 200
    call(linear, small, W, b / 500).returns(exact_outputs(small, W, b / 500))


@test_case(points=0.25, hidden=True)
def as_many_samples_as_units(linear):
    # Here a bias laid down the column has a shape that fits.
    x = np.array([[0.5, -1.0], [2.0, 0.25], [1.5, 1.0], [-3.0, 2.0]])
    W = np.array([[1.0, -2.0, 0.5, 3.0], [0.0, 1.0, -1.5, 2.0]])
    b = np.array([0.5, -1.0, 2.0, 0.0])
    call(linear, x, W, b).returns(exact_outputs(x, W, b))


@test_case(points=0.5, hidden=True)
def as_wide_as_its_input(linear):
    W = np.array([[1.0, 2.0, 0.0], [-1.0, 0.5, 3.0], [4.0, -2.0, 1.0]])
    b = np.array([1.0, -0.5, 0.25])
    call(linear, np.array([2.0, -1.0, 0.5]), W, b).returns([6, 2, -2.25])
    x = np.array([[2.0, -1.0, 0.5], [0.0, 1.0, 2.0], [1.0, 1.0, -1.0]])
    call(linear, x, W, b).returns([[6, 2, -2.25], [8, -4, 5.25], [-3, 4, 2.25]])


@test_case(points=0.25, hidden=True)
def one_row_and_one_unit(linear):
    W, b = np.array([[1.5], [-2.0], [0.5]]), np.array([0.75])
    call(linear, np.array([[2.0, 1.0, 4.0]]), W, b).returns([[3.75]])
    call(linear, np.array([2.0, 1.0, -4.0]), W, b).returns([-0.25])


@test_case(points=0.25, hidden=True)
def integers_and_lists(linear):
    W = [[2, -1], [0, 3], [1, 1]]
    call(linear, np.array([3, -1, 2]), np.array(W), np.array([0.25, -0.75])).returns([8.25, -4.75])
    call(linear, [1, 0, -2], W, [4, 5]).returns([4, 2])
    call(linear, [[1, 0, -2], [0.5, 1, 0]], W, [4, 5]).returns([[4, 2], [5, 7.5]])
    # Whole numbers in two places, decimals in the third.
    call(linear, np.array([0.5, -1.5, 1.0]), np.array(W), np.array([4, 5])).returns([6, 1])
    call(linear, np.array([1, 3]), np.array([[0.25, 1.5], [-0.5, 0.25]]), np.array([1, -2])).returns([-0.25, 0.25])


@test_case(points=0.25, hidden=True)
def large_values(linear):
    x = np.array([[1000.0, -999.0, 1000.0], [-1000.0, 998.5, 1.0]])
    W = np.array([[1000.0, -1000.0], [999.0, 1000.0], [-1000.0, 997.0]])
    b = np.array([-1000.0, 1000.0])
    call(linear, x, W, b).returns(exact_outputs(x, W, b)).warns_nothing()


@test_case(points=0.25, hidden=True)
def leaves_its_arguments_alone(linear):
    x, W, b = np.array([0.5, -2.0, 1.5]), np.array([[1.0, 0.5], [-1.0, 2.0], [3.0, -0.5]]), np.array([0.25, 1.0])
    call(linear, x, W, b).returns([7.25, -3.5]).leaves_arguments()
    batch = np.array([[1.0, 0.0, 2.0], [0.0, 2.0, -1.0]])
    call(linear, batch, W, b).returns([[7.25, 0.5], [-4.75, 5.5]]).leaves_arguments()
    for large in (batch * 600, x * 600):
        expected = exact_outputs(np.atleast_2d(large), W * 700, b)
        call(linear, large, W * 700, b).returns(expected if large.ndim == 2 else expected[0]).leaves_arguments()
    call(linear, batch[:, :1], W[:1] * 900, b * 800).returns([[1100, 1250], [200, 800]]).leaves_arguments()
