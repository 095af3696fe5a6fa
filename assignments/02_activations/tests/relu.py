"""Cases of `relu`."""

import numpy as np
from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "relu"
points = 2


@test_case(points=0.25)
def five_numbers(relu):
    call(relu, np.array([-2.0, -0.5, 0.0, 0.5, 3.0])).returns([0.0, 0.0, 0.0, 0.5, 3.0])


@test_case(points=0.25)
def two_rows(relu):
    call(relu, np.array([[1.0, -2.0, 3.0], [-4.0, 5.0, -6.0]])).returns(
        [[1.0, 0.0, 3.0], [0.0, 5.0, 0.0]]
    ).leaves_arguments()


@test_case(points=0.25, hidden=True)
def one_number(relu):
    call(relu, 2.75).returns(2.75)
    call(relu, -2.75).returns(0.0)
    call(relu, 4).returns(4)


@test_case(points=0.25, hidden=True)
def any_shape(relu):
    batch = np.array([[0.3, -1.7, 2.4, -0.1], [-0.6, 4.2, -3.3, 1.8], [5.1, -0.9, 0.7, -2.2]])
    expected = np.array([[0.3, 0.0, 2.4, 0.0], [0.0, 4.2, 0.0, 1.8], [5.1, 0.0, 0.7, 0.0]])
    call(relu, batch).returns(expected)
    call(relu, batch[1:2]).returns(expected[1:2])
    call(relu, batch[2]).returns(expected[2])
    call(relu, batch.reshape(2, 3, 2)).returns(expected.reshape(2, 3, 2))


@test_case(points=0.25, hidden=True)
def small_values(relu):
    call(relu, np.array([0.0004, -0.0007, 0.01234567, 1e-6])).returns([0.0004, 0.0, 0.01234567, 1e-6], atol=1e-12)
    call(relu, np.array([[0.04, -0.015], [0.09, 0.062]])).returns([[0.04, 0.0], [0.09, 0.062]])


@test_case(points=0.25, hidden=True)
def integers_and_lists(relu):
    call(relu, np.array([3, -1, 0, -7])).returns([3, 0, 0, 0])
    call(relu, [[-2, 6], [1, -3], [-5, -4]]).returns([[0, 6], [1, 0], [0, 0]])


@test_case(points=0.25, hidden=True)
def large_values(relu):
    call(relu, np.array([[1000.0, -1000.0, 999.5], [-0.001, 250.0, -999.0]])).returns(
        [[1000.0, 0.0, 999.5], [0.0, 250.0, 0.0]]
    ).warns_nothing()


@test_case(points=0.25, hidden=True)
def leaves_its_argument_alone(relu):
    call(relu, np.array([[0.5, -1.5], [-2.0, 0.25]])).returns([[0.5, 0.0], [0.0, 0.25]]).leaves_arguments()
    call(relu, np.array([-0.5, 2.5])).returns([0.0, 2.5]).leaves_arguments()
    call(relu, np.array([-900.0, 2.5, 800.0])).returns([0.0, 2.5, 800.0]).leaves_arguments()
    call(relu, np.array([[-900.0, 2.5], [0.25, 800.0]])).returns([[0.0, 2.5], [0.25, 800.0]]).leaves_arguments()
