"""Cases of `sigmoid`."""

from decimal import Decimal

import numpy as np
from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "sigmoid"
points = 3


def exact_sigmoid(a):
    """Return the sigmoid of each element in 28-digit decimals, where no exponential overflows."""
    return np.vectorize(lambda value: float(1 / (1 + (-Decimal(value)).exp())), otypes=[float])(a)


@test_case(points=0.5)
def by_hand(sigmoid):
    # e^−a is 1, 1/3, 3 and 1/4.
    call(sigmoid, np.log([1.0, 3.0, 1 / 3, 4.0])).returns([0.5, 0.75, 0.25, 0.8])


@test_case(points=0.25)
def two_rows(sigmoid):
    expected = [[0.5, 0.7311, 0.8808], [0.2689, 0.1192, 0.0474]]
    # The expected values have four decimals.
    call(sigmoid, np.array([[0.0, 1.0, 2.0], [-1.0, -2.0, -3.0]])).returns(expected, rtol=0, atol=1e-4)


@test_case(points=0.25, hidden=True)
def one_number(sigmoid):
    call(sigmoid, 0.7).returns(exact_sigmoid(0.7))
    call(sigmoid, -3).returns(exact_sigmoid(-3))


@test_case(points=0.5, hidden=True)
def any_shape(sigmoid):
    batch = np.random.default_rng(201).normal(0.4, 2.0, size=(4, 3))
    call(sigmoid, batch).returns(exact_sigmoid(batch))
    call(sigmoid, batch[1:2]).returns(exact_sigmoid(batch[1:2]))
    call(sigmoid, batch[3]).returns(exact_sigmoid(batch[3]))
    call(sigmoid, batch.reshape(2, 3, 2)).returns(exact_sigmoid(batch.reshape(2, 3, 2)))


@test_case(points=0.25, hidden=True)
def small_values(sigmoid):
    for values in ([0.0004, -0.0007, 0.003], [[0.04, -0.015], [0.09, 0.062]]):
        call(sigmoid, np.array(values)).returns(exact_sigmoid(values))


@test_case(points=0.25, hidden=True)
def integers_and_lists(sigmoid):
    call(sigmoid, np.array([3, 0, -2, 1])).returns(exact_sigmoid([3, 0, -2, 1]))
    call(sigmoid, [[2, -1], [0, 4], [-3, 1]]).returns(exact_sigmoid([[2, -1], [0, 4], [-3, 1]]))


@test_case(points=0.75, hidden=True)
def large_values(sigmoid):
    for values in ([-1000.0, 0.5, -17.0, -710.0], [1000.0, -0.5, 13.0, 745.0], [[-1000.0], [1000.0]]):
        call(sigmoid, np.array(values)).returns(exact_sigmoid(values)).warns_nothing()


@test_case(points=0.25, hidden=True)
def leaves_its_argument_alone(sigmoid):
    batch = np.array([[0.5, -1.5, 2.0], [-0.25, 1.0, 3.0]])
    extremes = np.array([600.0, -0.75, -610.0])
    for values in (batch, batch[0], extremes, extremes[None, :]):
        call(sigmoid, values).returns(exact_sigmoid(values)).leaves_arguments()
