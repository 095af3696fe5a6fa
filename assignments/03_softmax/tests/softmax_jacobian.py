"""Cases of `softmax_jacobian`."""

import numpy as np
from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "softmax_jacobian"
points = 6


def complex_step_jacobian(a):
    """Return ∂σ_i/∂a_j by complex steps: exact to rounding, with no formula for the derivative in it."""
    a = np.asarray(a, dtype=float)
    shifted = np.exp(a - a.max() + 1e-30j * np.eye(len(a)))
    return (shifted / shifted.sum(axis=1, keepdims=True)).imag.T / 1e-30


@test_case(points=1)
def two_numbers(softmax_jacobian):
    # softmax([0, log 3]) is [1/4, 3/4], so every entry is a sixteenth of a small whole number.
    a = np.array([0.0, np.log(3.0)])
    # No finer than the four decimals that the message would show.
    call(softmax_jacobian, a).returns([[0.1875, -0.1875], [-0.1875, 0.1875]], rtol=0, atol=1e-4)


@test_case(points=1)
def lecture_example(softmax_jacobian):
    # Four decimals, as they are written here.
    expected = [[0.0911, -0.0203, -0.0708], [-0.0203, 0.1601, -0.1398], [-0.0708, -0.1398, 0.2106]]
    call(softmax_jacobian, np.array([-0.21, 0.47, 1.72])).returns(expected, rtol=0, atol=1e-4)


@test_case(points=2, hidden=True)
def against_complex_steps(softmax_jacobian):
    for size, seed in ((4, 32), (3, 33), (6, 34)):
        a = np.random.default_rng(seed).normal(0.5, 1.5, size=size)
        call(softmax_jacobian, a).returns(complex_step_jacobian(a))
    small = np.array([0.0004, -0.015, 0.04, 0.09])
    call(softmax_jacobian, small).returns(complex_step_jacobian(small))


@test_case(points=0.5, hidden=True)
def integers_and_lists(softmax_jacobian):
    call(softmax_jacobian, np.array([2, 0, -1])).returns(complex_step_jacobian([2, 0, -1]))
    call(softmax_jacobian, [1, 3]).returns(complex_step_jacobian([1, 3]))


@test_case(points=1, hidden=True)
def large_values(softmax_jacobian):
    for a in ([1000.0, 999.0, 983.5, -1000.0], [-1000.0, -1001.0, -1002.0]):
        call(softmax_jacobian, np.array(a)).returns(complex_step_jacobian(a)).warns_nothing()


@test_case(points=0.5, hidden=True)
def leaves_its_argument_alone(softmax_jacobian):
    for a in (np.array([0.3, -0.8, 1.1, 0.0]), np.array([-598.0, 600.0, 599.0])):
        call(softmax_jacobian, a).returns(complex_step_jacobian(a)).leaves_arguments()
