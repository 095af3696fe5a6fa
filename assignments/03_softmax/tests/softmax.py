"""Cases of `softmax`."""

from decimal import Decimal

import numpy as np
from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "softmax"
points = 7


def exact_softmax(row):
    """Return softmax of a row in 28-digit decimals, where no exponential overflows."""
    exponentials = [Decimal(value).exp() for value in row]
    return [float(exponential / sum(exponentials)) for exponential in exponentials]


@test_case(points=1)
def lecture_example(softmax):
    # Four decimals of the values that the lecture rounds to 0.1, 0.2, 0.7.
    call(softmax, np.array([-0.21, 0.47, 1.72])).returns([0.1014, 0.2001, 0.6985], rtol=0, atol=1e-4)


@test_case(points=1)
def each_row_by_itself(softmax):
    batch = np.array([[0.0, 0.0, 0.0, 0.0], [1.0, 2.0, 3.0, 4.0]])
    expected = [[0.25, 0.25, 0.25, 0.25], [0.03205860, 0.08714432, 0.23688282, 0.64391426]]
    call(softmax, batch).returns(expected)


@test_case(points=0.75, hidden=True)
def several_rows(softmax):
    batch = np.random.default_rng(31).normal(0.3, 2.0, size=(5, 3))
    call(softmax, batch).returns([exact_softmax(row) for row in batch])
    one_row = batch[2:3]
    call(softmax, one_row).returns([exact_softmax(one_row[0])])


@test_case(points=0.25, hidden=True)
def small_values(softmax):
    for values in ([0.0004, -0.0007, 0.0], [0.04, -0.015, 0.09, 0.062]):
        call(softmax, np.array(values)).returns(exact_softmax(values))


@test_case(points=0.5, hidden=True)
def square_batch(softmax):
    batch = np.array([[0.5, -1.5, 2.0], [3.0, 0.0, 1.0], [-2.0, -0.5, -4.0]])
    call(softmax, batch).returns([exact_softmax(row) for row in batch])


@test_case(points=0.5, hidden=True)
def integers_and_lists(softmax):
    call(softmax, np.array([3, 1, -2])).returns(exact_softmax([3, 1, -2]))
    call(softmax, [[2, 0], [-1, 4], [0, 1]]).returns([exact_softmax(row) for row in [[2, 0], [-1, 4], [0, 1]]])


@test_case(points=1.5, hidden=True)
def large_values(softmax):
    values = np.array([1000.0, 998.0, 983.5, -1000.0])
    call(softmax, values).returns(exact_softmax(values)).warns_nothing()
    call(softmax, -values).returns(exact_softmax(-values)).warns_nothing()


@test_case(points=1, hidden=True)
def rows_far_apart(softmax):
    batch = np.array([[-1000.0, -999.0, -1001.5], [1000.0, 1002.0, 999.0]])
    call(softmax, batch).returns([exact_softmax(row) for row in batch]).warns_nothing()


@test_case(points=0.5, hidden=True)
def leaves_its_argument_alone(softmax):
    batch = np.array([[0.5, 1.5, -1.0], [2.0, 0.25, 1.0]])
    call(softmax, batch).returns([exact_softmax(row) for row in batch]).leaves_arguments()
    large = np.array([[600.0, -599.0, 598.0], [-601.0, 0.5, 1.5]])
    call(softmax, large).returns([exact_softmax(row) for row in large]).leaves_arguments()
    for values in (batch[0], large[0]):
        call(softmax, values).returns(exact_softmax(values)).leaves_arguments()
