"""Cases of `errors`."""

import numpy as np
from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "errors"
points = 2


@test_case(points=0.25)
def lecture_example(errors):
    # The lecture's probabilities, where the third class was the right one.
    call(errors, np.array([0.1, 0.2, 0.7]), np.array([0.0, 0.0, 1.0])).returns([0.1, 0.2, -0.3])


@test_case(points=0.25)
def two_samples(errors):
    y = np.array([[0.1, 0.2, 0.7], [0.5, 0.25, 0.25]])
    t = np.array([[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]])
    call(errors, y, t).returns([[0.1, 0.2, -0.3], [-0.5, 0.25, 0.25]])


@test_case(points=0.25, hidden=True)
def several_samples(errors):
    y = np.array([[1.5, -2.25], [0.0, 3.5], [-4.75, 0.125], [10.0, 6.5], [0.5, -0.5]])
    t = np.array([[2.0, -3.0], [1.25, 3.5], [-5.0, -0.375], [-2.5, 8.0], [0.5, 0.5]])
    call(errors, y, t).returns([[-0.5, 0.75], [-1.25, 0.0], [0.25, 0.5], [12.5, -1.5], [0.0, -1.0]])


@test_case(points=0.25, hidden=True)
def one_sample_and_one_row(errors):
    call(errors, np.array([2.5, -1.0]), np.array([3.0, 1.5])).returns([-0.5, -2.5])
    call(errors, np.array([[0.75, 0.5, -1.0]]), np.array([[0.25, 1.0, 1.0]])).returns([[0.5, -0.5, -2.0]])


@test_case(points=0.25, hidden=True)
def small_errors(errors):
    y, t = np.array([[1 / 3, 0.9999, 2 / 7], [0.66, 0.001, 0.5]]), np.array([[0.33, 1.0, 0.2], [2 / 3, 0.0, 0.4997]])
    call(errors, y, t).returns([[0.01 / 3, -0.0001, 0.6 / 7], [-0.02 / 3, 0.001, 0.0003]], atol=1e-12)


@test_case(points=0.25, hidden=True)
def integers_and_lists(errors):
    y, t = np.array([[3, 0], [1, -2], [5, 5]]), np.array([[1, 4], [1, 2], [7, 0]])
    call(errors, y, t).returns([[2, -4], [0, -4], [-2, 5]])
    call(errors, [[0.5, 2.0], [1.0, -1.0]], [[1, 0], [0, 1]]).returns([[-0.5, 2.0], [1.0, -2.0]])
    call(errors, np.array([1, 0, 2]), np.array([0.75, 0.5, 1.0])).returns([0.25, -0.5, 1.0])
    call(errors, np.array([0.75, 0.5, 1.0]), np.array([1, 0, 2])).returns([-0.25, 0.5, -1.0])
    call(errors, [1, 2, 3], [3, 2, 0]).returns([-2, 0, 3])


@test_case(points=0.25, hidden=True)
def large_values(errors):
    y, t = np.array([1000.0, -1000.0, 1000.0]), np.array([-1000.0, 1000.0, 999.5])
    call(errors, y, t).returns([2000, -2000, 0.5]).warns_nothing()


@test_case(points=0.25, hidden=True)
def leaves_its_arguments_alone(errors):
    y, t = np.array([[0.5, 1.5], [2.0, -1.0]]), np.array([[1.0, 0.25], [0.5, -3.0]])
    call(errors, y, t).returns([[-0.5, 1.25], [1.5, 2.0]]).leaves_arguments()
    call(errors, y[1], t[0]).returns([1.0, -1.25]).leaves_arguments()
    call(errors, 600 * y, 800 * t).returns([[-500, 700], [800, 1800]]).leaves_arguments()
    call(errors, 600 * y[1], 800 * t[1]).returns([800, 1800]).leaves_arguments()
