"""Cases of `numerical_gradient`. With a large step the differences tell one rule from another: of w³ it is 3w² + h²."""

import numpy as np
from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "numerical_gradient"
points = 1


def sum_of_cubes(W):
    """Return Σ w³."""
    return float(np.sum(np.asarray(W) ** 3))


def weighted(W):
    """Return a number in which each weight counts by another amount, and neighbours go together."""
    W = np.asarray(W, dtype=float)
    factors = np.arange(1, W.size + 1).reshape(W.shape)
    return float(np.sum(factors * W**2) + np.sum(W) ** 2)


def small(W):
    """Return a number that hardly changes with the weights."""
    return weighted(W) / 65536


@test_case(points=0.25)
def cubes_with_a_large_step(numerical_gradient):
    # At 1: (1.5³ − 0.5³) / 1 = 3.25.
    call(numerical_gradient, sum_of_cubes, np.array([[0.0, 1.0], [2.0, -1.0]]), h=0.5).returns(
        [[0.25, 3.25], [12.25, 3.25]]
    )


@test_case(points=0.25, hidden=True)
def each_weight_by_itself(numerical_gradient):
    W = np.array([[0.5, -1.0, 2.0], [1.5, 0.0, -0.5]])
    expected = 2 * np.arange(1, 7).reshape(2, 3) * W + 2 * W.sum()
    call(numerical_gradient, weighted, W, h=0.25).returns(expected)
    call(numerical_gradient, weighted, W).returns(expected, rtol=1e-5, atol=1e-5)
    call(numerical_gradient, small, W, h=0.25).returns(expected / 65536, atol=1e-12)


@test_case(points=0.25, hidden=True)
def other_shapes_and_steps(numerical_gradient):
    call(numerical_gradient, sum_of_cubes, np.array([1.0, -2.0, 0.5]), h=0.1).returns([3.01, 12.01, 0.76])
    call(numerical_gradient, sum_of_cubes, np.array([[2.0]]), h=2.0).returns([[16.0]])
    call(numerical_gradient, sum_of_cubes, np.array([1.0, 0.0])).returns([3.0, 0.0], rtol=1e-6, atol=1e-6)


@test_case(points=0.25, hidden=True)
def integers_and_what_was_given(numerical_gradient):
    call(numerical_gradient, sum_of_cubes, np.array([[1, 2], [0, -3]]), h=0.5).returns([[3.25, 12.25], [0.25, 27.25]])
    call(numerical_gradient, sum_of_cubes, np.array([1.0, -0.5]), h=0.25).returns([3.0625, 0.8125]).leaves_arguments()
    # At 600: 3 · 600² + h².
    call(numerical_gradient, sum_of_cubes, np.array([600.0, -700.0]), h=0.5).returns(
        [1080000.25, 1470000.25]
    ).leaves_arguments()
    call(numerical_gradient, sum_of_cubes, np.array([[600.0], [1.0]]), h=0.5).returns(
        [[1080000.25], [3.25]]
    ).leaves_arguments()
