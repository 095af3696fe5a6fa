"""Cases of `relu_derivative`."""

import numpy as np
from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "relu_derivative"
points = 2


@test_case(points=0.25)
def five_numbers(relu_derivative):
    call(relu_derivative, np.array([-2.0, -0.5, 0.0, 0.5, 3.0])).returns([0.0, 0.0, 0.0, 1.0, 1.0])


@test_case(points=0.25)
def two_rows_of_integers(relu_derivative):
    call(relu_derivative, np.array([[1, -2, 3], [-4, 5, -6]])).returns([[1.0, 0.0, 1.0], [0.0, 1.0, 0.0]])


@test_case(points=0.25, hidden=True)
def one_number(relu_derivative):
    call(relu_derivative, 2.75).returns(1.0)
    call(relu_derivative, -2.75).returns(0.0)


@test_case(points=0.25, hidden=True)
def any_shape(relu_derivative):
    batch = np.array([[0.3, -1.7, 2.4, 0.1], [-0.6, 4.2, -3.3, 1.8], [5.1, -0.4, 0.7, -2.2]])
    expected = np.array([[1.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 1.0], [1.0, 0.0, 1.0, 0.0]])
    call(relu_derivative, batch).returns(expected)
    call(relu_derivative, batch[1:2]).returns(expected[1:2])
    call(relu_derivative, batch[2]).returns(expected[2])
    call(relu_derivative, batch.reshape(2, 3, 2)).returns(expected.reshape(2, 3, 2))


@test_case(points=0.25, hidden=True)
def integers_and_lists(relu_derivative):
    call(relu_derivative, np.array([3, -1, 2, -7])).returns([1, 0, 1, 0])
    call(relu_derivative, [[-2, 6], [1, -3], [8, -4]]).returns([[0, 1], [1, 0], [1, 0]])


@test_case(points=0.25, hidden=True)
def at_zero_and_beside_it(relu_derivative):
    call(relu_derivative, np.array([[0.0, 1e-6], [-1e-6, 0.0], [1e-12, 0.0]])).returns(
        [[0.0, 1.0], [0.0, 0.0], [1.0, 0.0]]
    )
    call(relu_derivative, [0, 1, -1]).returns([0, 1, 0])


@test_case(points=0.25, hidden=True)
def large_values(relu_derivative):
    call(relu_derivative, np.array([[1000.0, -1000.0], [-999.5, 745.0], [710.0, 1000.0]])).returns(
        [[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]
    ).warns_nothing()


@test_case(points=0.25, hidden=True)
def leaves_its_argument_alone(relu_derivative):
    call(relu_derivative, np.array([[0.5, -1.5], [-3.0, 2.25]])).returns([[1.0, 0.0], [0.0, 1.0]]).leaves_arguments()
    call(relu_derivative, np.array([-0.5, 2.5])).returns([0.0, 1.0]).leaves_arguments()
    call(relu_derivative, np.array([-900.0, 2.5, 800.0])).returns([0.0, 1.0, 1.0]).leaves_arguments()
    call(relu_derivative, np.array([[-900.0, 2.5], [-0.2, 800.0]])).returns([[0.0, 1.0], [0.0, 1.0]]).leaves_arguments()
