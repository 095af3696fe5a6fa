"""Cases of `sigmoid_derivative`."""

from decimal import Decimal, localcontext

import numpy as np
from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "sigmoid_derivative"
points = 3


def exact_slope(a):
    """Return the slope of the sigmoid at each element from differences of 60-digit decimals: no formula for it."""

    def sigmoid(value):
        return 1 / (1 + (-value).exp())

    def slope(value):
        step = Decimal("1e-20")
        with localcontext(prec=60):
            return float((sigmoid(Decimal(value) + step) - sigmoid(Decimal(value) - step)) / (2 * step))

    return np.vectorize(slope, otypes=[float])(a)


@test_case(points=0.5)
def by_hand(sigmoid_derivative):
    # The sigmoid is 1/2, 3/4, 1/4 and 4/5 here.
    call(sigmoid_derivative, np.log([1.0, 3.0, 1 / 3, 4.0])).returns([0.25, 0.1875, 0.1875, 0.16])


@test_case(points=0.25)
def two_rows(sigmoid_derivative):
    expected = [[0.25, 0.1966, 0.1050], [0.1966, 0.1050, 0.0452]]
    # The expected values have four decimals.
    call(sigmoid_derivative, np.array([[0.0, 1.0, 2.0], [-1.0, -2.0, -3.0]])).returns(expected, rtol=0, atol=1e-4)


@test_case(points=0.25, hidden=True)
def one_number(sigmoid_derivative):
    call(sigmoid_derivative, 0.7).returns(exact_slope(0.7))
    call(sigmoid_derivative, -3).returns(exact_slope(-3))


@test_case(points=0.5, hidden=True)
def any_shape(sigmoid_derivative):
    batch = np.random.default_rng(202).normal(0.4, 2.0, size=(4, 3))
    call(sigmoid_derivative, batch).returns(exact_slope(batch))
    call(sigmoid_derivative, batch[1:2]).returns(exact_slope(batch[1:2]))
    call(sigmoid_derivative, batch[3]).returns(exact_slope(batch[3]))
    call(sigmoid_derivative, batch.reshape(2, 3, 2)).returns(exact_slope(batch.reshape(2, 3, 2)))


@test_case(points=0.25, hidden=True)
def small_values(sigmoid_derivative):
    for values in ([0.0004, -0.0007, 0.003], [[0.04, -0.015], [0.09, 0.062]]):
        call(sigmoid_derivative, np.array(values)).returns(exact_slope(values))


@test_case(points=0.25, hidden=True)
def integers_and_lists(sigmoid_derivative):
    call(sigmoid_derivative, np.array([3, 0, -2, 1])).returns(exact_slope([3, 0, -2, 1]))
    call(sigmoid_derivative, [[2, -1], [0, 4], [-3, 1]]).returns(exact_slope([[2, -1], [0, 4], [-3, 1]]))


@test_case(points=0.75, hidden=True)
def large_values(sigmoid_derivative):
    for values in ([-1000.0, 0.5, -9.0, -17.0, -710.0], [1000.0, -0.5, 8.0, 17.0, 745.0], [[-1000, 1.0], [1000, -1.0]]):
        call(sigmoid_derivative, np.array(values)).returns(exact_slope(values)).warns_nothing()


@test_case(points=0.25, hidden=True)
def leaves_its_argument_alone(sigmoid_derivative):
    batch = np.array([[0.5, -1.5, 2.0], [-0.25, 1.0, 3.0]])
    extremes = np.array([600.0, -0.75, -610.0])
    for values in (batch, batch[0], extremes, extremes[None, :]):
        call(sigmoid_derivative, values).returns(exact_slope(values)).leaves_arguments()
