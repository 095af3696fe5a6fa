"""Cases of `bias_gradient`."""

import numpy as np
from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "bias_gradient"
points = 2


@test_case(points=0.25)
def one_sample(bias_gradient):
    call(bias_gradient, np.array([0.5, -0.25, 0.1])).returns([0.5, -0.25, 0.1])


@test_case(points=0.25)
def three_samples(bias_gradient):
    delta = np.array([[0.2, -0.1], [0.3, 0.0], [0.4, 0.7]])
    call(bias_gradient, delta).returns([0.3, 0.2])


@test_case(points=0.5, hidden=True)
def several_rows(bias_gradient):
    delta = np.array([[0.1, 0.5, -0.3, 0.25], [0.7, -0.1, 0.0, 0.75]])
    call(bias_gradient, delta).returns([0.4, 0.2, -0.15, 0.5])
    delta = np.array([[0.9, -0.2, 0.4], [0.1, 0.4, -0.6], [-0.5, 0.3, 0.7], [0.3, 0.1, 0.2], [0.7, 0.4, 0.8]])
    call(bias_gradient, delta).returns([0.3, 0.2, 0.3])
    # Neither round nor large.
    delta = np.array([[0.5, -0.004, 1.0], [0.25, 0.001, -0.07], [-0.35, 0.0029, 0.03]])
    call(bias_gradient, delta).returns([0.4 / 3, -0.0001 / 3, 0.32], atol=1e-12)


@test_case(points=0.25, hidden=True)
def as_many_samples_as_units(bias_gradient):
    call(bias_gradient, np.array([[0.6, -0.3, 0.0], [0.3, 0.3, 0.9], [0.0, 0.6, 0.3]])).returns([0.3, 0.2, 0.4])


@test_case(points=0.25, hidden=True)
def one_row_and_one_unit(bias_gradient):
    call(bias_gradient, np.array([[0.35, -0.8]])).returns([0.35, -0.8])
    call(bias_gradient, np.array([[0.4], [-0.1], [0.6]])).returns([0.3])
    call(bias_gradient, np.array([-0.45])).returns([-0.45])


@test_case(points=0.25, hidden=True)
def integers_and_lists(bias_gradient):
    call(bias_gradient, np.array([[1, -2, 0], [2, 1000, -1]])).returns([1.5, 499.0, -0.5])
    call(bias_gradient, [[0.5, 1], [0.25, -3], [0, 0.5], [0.25, 1]]).returns([0.25, -0.125])
    call(bias_gradient, [3, -0.5]).returns([3, -0.5])


@test_case(points=0.25, hidden=True)
def leaves_its_argument_alone(bias_gradient):
    call(bias_gradient, np.array([[0.8, 0.1, 0.3], [0.4, -0.5, 0.5]])).returns([0.6, -0.2, 0.4]).leaves_arguments()
    call(bias_gradient, np.array([0.8, 0.1, 0.3])).returns([0.8, 0.1, 0.3]).leaves_arguments()
    call(bias_gradient, np.array([[600.0, -0.5], [800.0, 0.5]])).returns([700, 0]).leaves_arguments()
    call(bias_gradient, np.array([600.0, -0.5, -800.0])).returns([600, -0.5, -800]).leaves_arguments()
