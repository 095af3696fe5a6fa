"""Cases of `weight_gradient`."""

import math

import numpy as np
from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "weight_gradient"
points = 3


def mean_products(x, delta):
    """Return the mean over the samples of x_i δ_j, every product by itself, summed without rounding."""
    samples = len(x)
    return [
        [math.fsum(x[s][i] * delta[s][j] for s in range(samples)) / samples for j in range(len(delta[0]))]
        for i in range(len(x[0]))
    ]


@test_case(points=0.5)
def one_sample(weight_gradient):
    # Three inputs, two units: row i holds x_i times every δ_j.
    x, delta = np.array([1.0, 2.0, -1.0]), np.array([0.5, -0.25])
    call(weight_gradient, x, delta).returns([[0.5, -0.25], [1.0, -0.5], [-0.5, 0.25]])


@test_case(points=0.25)
def two_samples(weight_gradient):
    # By hand: the first sample alone gives [[0.2, 0, −0.1], [0.4, 0, −0.2]], the second [[0, 1.2, 0.6], [0, 0.4, 0.2]].
    x = np.array([[1.0, 2.0], [3.0, 1.0]])
    delta = np.array([[0.2, 0.0, -0.1], [0.0, 0.4, 0.2]])
    call(weight_gradient, x, delta).returns([[0.1, 0.6, 0.25], [0.2, 0.2, 0.0]])


@test_case(points=0.75, hidden=True)
def several_rows(weight_gradient):
    generator = np.random.default_rng(53)
    for samples, inputs, units in ((5, 4, 2), (2, 3, 5), (3, 2, 3)):
        x = generator.normal(0.7, 1.0, size=(samples, inputs))
        delta = generator.normal(0.2, 0.5, size=(samples, units))
        call(weight_gradient, x, delta).returns(mean_products(x, delta))
        call(weight_gradient, x / 90, delta / 30).returns(mean_products(x / 90, delta / 30), atol=1e-12)


@test_case(points=0.5, hidden=True)
def as_many_units_as_inputs(weight_gradient):
    x = np.array([[0.5, -1.0, 2.0], [1.5, 0.25, 0.75], [-0.5, 3.0, 1.0]])
    delta = np.array([[0.1, 0.4, -0.3], [-0.2, 0.25, 0.6], [0.35, -0.15, 0.05]])
    call(weight_gradient, x, delta).returns(mean_products(x, delta))
    call(weight_gradient, x[1], delta[1]).returns(mean_products(x[1:2], delta[1:2]))


@test_case(points=0.25, hidden=True)
def one_row_and_one_unit(weight_gradient):
    call(weight_gradient, np.array([[2.0, -3.0, 0.5, 1.0]]), np.array([[0.4, -0.1]])).returns(
        [[0.8, -0.2], [-1.2, 0.3], [0.2, -0.05], [0.4, -0.1]]
    )
    call(weight_gradient, np.array([0.5, -2.0, 1.0]), np.array([0.3])).returns([[0.15], [-0.6], [0.3]])
    call(weight_gradient, np.array([[0.5], [2.0]]), np.array([[0.3, 0.1], [-0.2, 0.4]])).returns([[-0.125, 0.425]])


@test_case(points=0.25, hidden=True)
def integers_and_lists(weight_gradient):
    call(weight_gradient, [2, -1, 0], [0.5, 0.25]).returns([[1.0, 0.5], [-0.5, -0.25], [0.0, 0.0]])
    x, delta = (
        np.array([[1000, -3], [-1000, 2], [999, 1], [4, 0]]),
        [[0.5, 1, -2], [0, 1, 0.25], [1, -1, 3], [-1, 2, 2]],
    )
    call(weight_gradient, x, delta).returns(mean_products(x.tolist(), delta)).warns_nothing()
    integers = np.array([[1, 0], [2, 5], [-3, 1], [1, 1]])
    call(weight_gradient, x, integers).returns(mean_products(x.tolist(), integers.tolist()))


@test_case(points=0.5, hidden=True)
def leaves_its_arguments_alone(weight_gradient):
    x = np.array([[0.4, 1.1, -0.2], [0.9, -0.6, 0.3], [1.3, 0.8, 0.5], [-0.7, 0.1, 1.6]])
    delta = np.array([[0.2, -0.1], [0.05, 0.3], [-0.25, 0.15], [0.4, 0.1]])
    call(weight_gradient, x, delta).returns(mean_products(x, delta)).leaves_arguments()
    call(weight_gradient, x[0], delta[0]).returns(mean_products(x[:1], delta[:1])).leaves_arguments()
    x, delta = 700 * x, 2000 * delta
    call(weight_gradient, x, delta).returns(mean_products(x, delta)).leaves_arguments()
    call(weight_gradient, x[1], delta[1]).returns(mean_products(x[1:2], delta[1:2])).leaves_arguments()
