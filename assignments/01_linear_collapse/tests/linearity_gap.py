"""Cases of `linearity_gap`: each function is one whose gap can be worked out on paper."""

import numpy as np
from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "linearity_gap"
points = 3


def relu(a):
    """Return max(0, a), element by element."""
    return np.maximum(np.asarray(a), 0.0)


def linear_stack(x):
    """Return what two linear layers with biases give; x has 2 numbers, or is a batch of such."""
    h = np.asarray(x) @ np.array([[1.0, 0.0, -1.0], [3.0, 1.0, 2.0]]) + np.array([0.5, -1.0, 2.0])
    return h @ np.array([[2.0, 0.0], [1.0, 1.0], [1.0, -1.0]]) + np.array([1.0, -1.0])


def stack_with_relu(x):
    """Return what the same two layers give with a ReLU between them."""
    h = np.asarray(x) @ np.array([[1.0, 0.0, -1.0], [3.0, 1.0, 2.0]]) + np.array([0.5, -1.0, 2.0])
    return np.maximum(h, 0.0) @ np.array([[2.0, 0.0], [1.0, 1.0], [1.0, -1.0]]) + np.array([1.0, -1.0])


def shifted_squares(x):
    """Return x² + 5, element by element: not odd, and not 0 at 0; its gap is max |2 u v|."""
    return np.asarray(x) ** 2 + 5


def cubes(x):
    """Return x³, element by element, of an array and of nothing else; its gap is max |3 u v (u + v)|."""
    return x**3


def squared_length(x):
    """Return a single number, the sum of all squares: its gap is |2 Σ u v|."""
    return float(np.sum(np.asarray(x) ** 2))


def sevenths(x):
    """Return x² / 7, element by element: its gap is max |2 u v| / 7, which no few decimals say."""
    return np.asarray(x) ** 2 / 7


@test_case(points=0.5)
def absolute_values_by_hand(linearity_gap):
    def absolute(x):
        return np.abs(np.asarray(x))

    call(linearity_gap, absolute, np.array([2.0, -1.0]), np.array([-3.0, 4.0])).returns(4)


@test_case(points=0.25)
def one_layer_by_hand(linearity_gap):
    def affine(x):
        return np.asarray(x) @ np.array([[1.0, 0.0, -1.0], [3.0, 1.0, 2.0]]) + np.array([0.5, -1.0, 2.0])

    call(linearity_gap, affine, np.array([1.0, 2.0]), np.array([0.0, 1.0])).returns(0)


@test_case(points=0.75, hidden=True)
def two_layers_with_and_without_relu(linearity_gap):
    # f(u+v), f(u), f(v), f(0) by hand: [2, -2], [5, -2], [3, -3], [4, -3].
    u, v = np.array([1.0, 0.0]), np.array([-2.0, -1.0])
    call(linearity_gap, stack_with_relu, u, v).returns(2)
    call(linearity_gap, linear_stack, u, v).returns(0)
    # And here: [6, -6], [18, -9], [1, -1], [4, -3].
    u, v = np.array([-3.0, 2.0]), np.array([1.0, -1.5])
    call(linearity_gap, stack_with_relu, u, v).returns(9)
    call(linearity_gap, linear_stack, u, v).returns(0)


@test_case(points=0.5, hidden=True)
def functions_that_are_not_odd(linearity_gap):
    call(linearity_gap, shifted_squares, np.array([1.5, -2.0, 3.0]), np.array([4.0, 3.5, 0.5])).returns(14)
    call(linearity_gap, shifted_squares, np.array([0.5, 3.0]), np.array([-2.0, 0.75])).returns(4.5)
    call(linearity_gap, sevenths, np.array([1.5, -2.0]), np.array([1.0, -0.75])).returns(3 / 7)
    # A small gap is one too.
    call(linearity_gap, sevenths, np.array([0.003, -0.0002]), np.array([0.05, 0.004])).returns(0.0003 / 7)


@test_case(points=0.25, hidden=True)
def batches(linearity_gap):
    u = np.array([[1.0, -2.0], [3.0, 0.5], [-1.0, 1.0]])
    v = np.array([[2.0, 1.0], [-1.0, 4.0], [2.5, -3.0]])
    call(linearity_gap, shifted_squares, u, v).returns(6)
    call(linearity_gap, relu, u, v).returns(1)
    call(linearity_gap, linear_stack, u, v).returns(0)


@test_case(points=0.25, hidden=True)
def a_function_of_one_number(linearity_gap):
    call(linearity_gap, squared_length, np.array([1.0, 2.0, -1.0]), np.array([3.0, -4.0, 0.5])).returns(11)


@test_case(points=0.25, hidden=True)
def integers_lists_and_large_values(linearity_gap):
    call(linearity_gap, shifted_squares, np.array([3, -1]), np.array([2, 5])).returns(12)
    call(linearity_gap, stack_with_relu, [1, 0], [-2, -1]).returns(2)
    call(linearity_gap, cubes, [1, 2], [-3, 0.5]).returns(18)
    call(linearity_gap, sevenths, np.array([3, -1]), np.array([2, 4])).returns(12 / 7)
    call(linearity_gap, sevenths, np.array([3, -1]), np.array([0.5, 0.25])).returns(3 / 7)
    call(linearity_gap, sevenths, np.array([0.5, 0.25]), np.array([3, -1])).returns(3 / 7)
    call(linearity_gap, relu, np.array([1000.0, 2.0]), np.array([-1000.0, 1.0])).returns(1000).warns_nothing()


@test_case(points=0.25, hidden=True)
def leaves_its_arguments_alone(linearity_gap):
    u, v = np.array([2.0, -0.5, 1.0]), np.array([-1.5, 3.0, 1.0])
    call(linearity_gap, shifted_squares, u, v).returns(6).leaves_arguments()
    call(linearity_gap, shifted_squares, np.array([u, v]), np.array([v, u])).returns(6).leaves_arguments()
    call(linearity_gap, relu, u * 400, v * 400).returns(600).leaves_arguments()
    call(linearity_gap, relu, np.array([u, v]) * 400, np.array([v, u]) * 400).returns(600).leaves_arguments()
