"""Cases of `tanh`."""

from decimal import Decimal

import numpy as np
from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "tanh"
points = 3


def exact_tanh(a):
    """Return the hyperbolic tangent of each element in 28-digit decimals, where no exponential overflows."""

    def quotient(value):
        up, down = Decimal(value).exp(), (-Decimal(value)).exp()
        return float((up - down) / (up + down))

    return np.vectorize(quotient, otypes=[float])(a)


@test_case(points=0.5)
def by_hand(tanh):
    # e^a is 1, 2, 1/2 and 3; for 2: (2 − 1/2) / (2 + 1/2) = 0.6.
    call(tanh, np.log([1.0, 2.0, 0.5, 3.0])).returns([0.0, 0.6, -0.6, 0.8])


@test_case(points=0.25)
def two_rows(tanh):
    expected = [[0.0, 0.4621, 0.7616], [-0.7616, -0.9640, -0.9951]]
    # The expected values have four decimals.
    call(tanh, np.array([[0.0, 0.5, 1.0], [-1.0, -2.0, -3.0]])).returns(expected, rtol=0, atol=1e-4)


@test_case(points=0.25, hidden=True)
def one_number(tanh):
    call(tanh, 0.7).returns(exact_tanh(0.7))
    call(tanh, -2).returns(exact_tanh(-2))


@test_case(points=0.5, hidden=True)
def any_shape(tanh):
    batch = np.random.default_rng(203).normal(0.2, 1.2, size=(4, 3))
    call(tanh, batch).returns(exact_tanh(batch))
    call(tanh, batch[1:2]).returns(exact_tanh(batch[1:2]))
    call(tanh, batch[3]).returns(exact_tanh(batch[3]))
    call(tanh, batch.reshape(2, 3, 2)).returns(exact_tanh(batch.reshape(2, 3, 2)))


@test_case(points=0.25, hidden=True)
def small_values(tanh):
    for values in ([0.00003, -0.0007, 0.003], [[0.04, -0.015], [0.09, 0.062]]):
        call(tanh, np.array(values)).returns(exact_tanh(values))


@test_case(points=0.25, hidden=True)
def integers_and_lists(tanh):
    call(tanh, np.array([3, 0, -2, 1])).returns(exact_tanh([3, 0, -2, 1]))
    call(tanh, [[2, -1], [0, 4], [-3, 1]]).returns(exact_tanh([[2, -1], [0, 4], [-3, 1]]))


@test_case(points=0.75, hidden=True)
def large_values(tanh):
    for values in ([-1000.0, 0.5, -6.0, -355.0], [1000.0, -0.5, 7.0, 710.0], [[-1000.0], [1000.0]]):
        call(tanh, np.array(values)).returns(exact_tanh(values)).warns_nothing()


@test_case(points=0.25, hidden=True)
def leaves_its_argument_alone(tanh):
    batch = np.array([[0.5, -1.5, 2.0], [-0.25, 1.0, 0.75]])
    extremes = np.array([600.0, -0.75, -610.0])
    for values in (batch, batch[0], extremes, extremes[None, :]):
        call(tanh, values).returns(exact_tanh(values)).leaves_arguments()
