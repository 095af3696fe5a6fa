"""Cases of `tanh_derivative`."""

from decimal import Decimal, localcontext

import numpy as np
from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "tanh_derivative"
points = 3


def exact_slope(a):
    """Return the slope of tanh at each element from differences of 60-digit decimals: no formula for it."""

    def tanh(value):
        return (value.exp() - (-value).exp()) / (value.exp() + (-value).exp())

    def slope(value):
        step = Decimal("1e-20")
        with localcontext(prec=60):
            return float((tanh(Decimal(value) + step) - tanh(Decimal(value) - step)) / (2 * step))

    return np.vectorize(slope, otypes=[float])(a)


@test_case(points=0.5)
def by_hand(tanh_derivative):
    # e^a is 1, 2, 1/2 and 3; for 2: 4 / (2 + 1/2)² = 0.64.
    call(tanh_derivative, np.log([1.0, 2.0, 0.5, 3.0])).returns([1.0, 0.64, 0.64, 0.36])


@test_case(points=0.25)
def two_rows(tanh_derivative):
    expected = [[1.0, 0.7864, 0.4200], [0.4200, 0.0707, 0.0099]]
    # The expected values have four decimals.
    call(tanh_derivative, np.array([[0.0, 0.5, 1.0], [-1.0, -2.0, -3.0]])).returns(expected, rtol=0, atol=1e-4)


@test_case(points=0.25, hidden=True)
def one_number(tanh_derivative):
    call(tanh_derivative, 0.7).returns(exact_slope(0.7))
    call(tanh_derivative, -2).returns(exact_slope(-2))


@test_case(points=0.5, hidden=True)
def any_shape(tanh_derivative):
    batch = np.random.default_rng(204).normal(0.2, 1.2, size=(4, 3))
    call(tanh_derivative, batch).returns(exact_slope(batch))
    call(tanh_derivative, batch[1:2]).returns(exact_slope(batch[1:2]))
    call(tanh_derivative, batch[3]).returns(exact_slope(batch[3]))
    call(tanh_derivative, batch.reshape(2, 3, 2)).returns(exact_slope(batch.reshape(2, 3, 2)))


@test_case(points=0.25, hidden=True)
def small_values(tanh_derivative):
    for values in ([0.0004, -0.0007, 0.003], [[0.04, -0.015], [0.09, 0.062]]):
        call(tanh_derivative, np.array(values)).returns(exact_slope(values))


@test_case(points=0.25, hidden=True)
def integers_and_lists(tanh_derivative):
    call(tanh_derivative, np.array([3, 0, -2, 1])).returns(exact_slope([3, 0, -2, 1]))
    call(tanh_derivative, [[2, -1], [0, 4], [-3, 1]]).returns(exact_slope([[2, -1], [0, 4], [-3, 1]]))


@test_case(points=0.75, hidden=True)
def large_values(tanh_derivative):
    for values in ([-1000.0, 0.5, -4.0, -9.0, -355.0], [1000.0, -0.5, 5.0, 9.0, 710.0], [[-1000, 1.0], [1000, -1.0]]):
        call(tanh_derivative, np.array(values)).returns(exact_slope(values)).warns_nothing()


@test_case(points=0.25, hidden=True)
def leaves_its_argument_alone(tanh_derivative):
    batch = np.array([[0.5, -1.5, 2.0], [-0.25, 1.0, 0.75]])
    extremes = np.array([600.0, -0.75, -610.0])
    for values in (batch, batch[0], extremes, extremes[None, :]):
        call(tanh_derivative, values).returns(exact_slope(values)).leaves_arguments()
