"""Cases of `numerical_derivative`.

With a large step the differences are not the derivative, and they tell one rule from another: for a³ the central
difference is exactly 3a² + h², for a⁴ it is 4a³ + 4ah².
"""

import math

import numpy as np
from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "numerical_derivative"
points = 2


def square(a):
    """Return a² of each element."""
    return np.asarray(a) ** 2


def cube(a):
    """Return a³ of each element."""
    return np.asarray(a) ** 3


def fast_wave(a):
    """Return sin(100 000 a) of each element: a step of 1e-5 takes it a whole radian further."""
    return np.sin(1e5 * np.asarray(a))


def fourth_power(a):
    """Return a⁴ of each element."""
    return np.asarray(a) ** 4


@test_case(points=0.25)
def cube_with_a_large_step(numerical_derivative):
    # At 1: (1.5³ − 0.5³) / 1 = 3.375 − 0.125.
    call(numerical_derivative, cube, np.array([0.0, 1.0, 2.0]), h=0.5).returns([0.25, 3.25, 12.25])


@test_case(points=0.25)
def square_of_two_rows(numerical_derivative):
    # For a² the central difference is 2a whatever the step.
    batch = np.array([[1.0, -2.0, 3.0], [0.0, 0.5, -1.0]])
    call(numerical_derivative, square, batch, h=0.25).returns([[2.0, -4.0, 6.0], [0.0, 1.0, -2.0]])


@test_case(points=0.25, hidden=True)
def step_by_default(numerical_derivative):
    a = [-1.2, 0.3, 2.0, 0.9]
    call(numerical_derivative, np.exp, np.array(a)).returns([math.exp(value) for value in a])
    call(numerical_derivative, np.sin, np.array(a)).returns([math.cos(value) for value in a])
    # Between sin(x + 1) and sin(x − 1) lies 2 cos(x) sin(1): no other step gives that.
    expected = [math.cos(x) * math.sin(1) / 1e-5 for x in (0, 2, -1)]
    call(numerical_derivative, fast_wave, np.array([0.0, 2e-5, -1e-5])).returns(expected)


@test_case(points=0.25, hidden=True)
def any_shape(numerical_derivative):
    batch = np.array([[1.0, -2.0, 0.5], [3.0, 0.0, -1.5]])
    expected = np.array([[3.04, 12.04, 0.79], [27.04, 0.04, 6.79]])
    call(numerical_derivative, cube, batch, h=0.2).returns(expected)
    call(numerical_derivative, cube, batch[1:2], h=0.2).returns(expected[1:2])
    call(numerical_derivative, cube, batch.reshape(3, 1, 2), h=0.2).returns(expected.reshape(3, 1, 2))


@test_case(points=0.25, hidden=True)
def fourth_power_with_several_steps(numerical_derivative):
    a = np.array([1.0, -0.5, 2.0])
    call(numerical_derivative, fourth_power, a, h=1.0).returns([8.0, -2.5, 40.0])
    call(numerical_derivative, fourth_power, a, h=0.1).returns([4.04, -0.52, 32.08])


@test_case(points=0.25, hidden=True)
def integers_and_lists(numerical_derivative):
    call(numerical_derivative, cube, np.array([1, -2, 4]), h=0.5).returns([3.25, 12.25, 48.25])
    call(numerical_derivative, cube, [[0, 3], [-1, 2], [5, 1]], h=0.1).returns(
        [[0.01, 27.01], [3.01, 12.01], [75.01, 3.01]]
    )


@test_case(points=0.25, hidden=True)
def one_number_small_or_large(numerical_derivative):
    call(numerical_derivative, cube, 0.5, h=0.1).returns(0.76)
    call(numerical_derivative, cube, -2, h=1.0).returns(13.0)
    # 3 · 0.0043² + 0.0011²
    call(numerical_derivative, cube, 0.0043, h=0.0011).returns(0.00005668)
    call(numerical_derivative, cube, np.array([1000.0, -1000.0, 10.0]), h=20.0).returns(
        [3000400.0, 3000400.0, 700.0]
    ).warns_nothing()


@test_case(points=0.25, hidden=True)
def leaves_its_arguments_alone(numerical_derivative):
    a = np.array([[0.5, -1.5], [2.0, 1.0]])
    call(numerical_derivative, cube, a, h=0.5).returns([[1.0, 7.0], [12.25, 3.25]]).leaves_arguments()
    call(numerical_derivative, cube, a[1], h=0.5).returns([12.25, 3.25]).leaves_arguments()
    for large in (np.array([-800.0, 600.0]), np.array([[-800.0, 0.5], [1.0, 600.0]])):
        call(numerical_derivative, square, large, h=0.5).returns(2 * large).leaves_arguments()
