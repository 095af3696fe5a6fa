"""Cases of `layer_forward`."""

import math

import numpy as np
from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "layer_forward"
points = 4


def activate(sums, activation):
    """Return the activations of one sample's sums, with scalars from the standard library only."""
    if activation == "sigmoid":
        return [(1 + math.tanh(a / 2)) / 2 for a in sums]
    if activation == "softmax":
        exponentials = [math.exp(a - max(sums)) for a in sums]
        return [value / math.fsum(exponentials) for value in exponentials]
    functions = {"linear": float, "tanh": math.tanh, "relu": lambda a: max(a, 0.0)}
    return [functions[activation](a) for a in sums]


def one_by_one(batch, W, b, activation):
    """Return what a layer answers to each sample, worked out unit by unit."""
    answers = []
    for x in batch:
        sums = [math.fsum([*(x[i] * W[i][j] for i in range(len(x))), b[j]]) for j in range(len(b))]
        answers.append(activate(sums, activation))
    return answers


@test_case(points=0.25)
def sums_by_hand(layer_forward):
    # 1·1 + 2·(−1) + 0,  1·2 + 2·0 − 2,  1·0 + 2·1 + 0
    W = np.array([[1.0, 2.0, 0.0], [-1.0, 0.0, 1.0]])
    call(layer_forward, np.array([1.0, 2.0]), W, np.array([0.0, -2.0, 0.0]), "linear").returns([-1, 0, 2])


@test_case(points=0.25)
def sigmoid_by_hand(layer_forward):
    # The sums are log 3 times 1, 0 and −1, and the sigmoid of log 3 is 3/4.
    W = np.log(3.0) * np.array([[2.0, 2.0, -1.0], [0.0, -1.0, 1.0]])
    b = np.log(3.0) * np.array([-1.0, 0.0, -2.0])
    call(layer_forward, np.array([1.0, 2.0]), W, b, "sigmoid").returns([0.75, 0.5, 0.25])


@test_case(points=0.25)
def softmax_of_the_lecture(layer_forward):
    # The sums of the first sample are the lecture's −0.21, 0.47 and 1.72; those of the second are 0.2 three times.
    W = np.array([[-0.62, 0.24, 1.44], [0.21, 0.03, 0.08]])
    b = np.array([-0.01, 0.17, 0.12])
    expected = [[0.1014, 0.2001, 0.6985], [0.3333, 0.3333, 0.3333]]
    call(layer_forward, np.array([[1.0, 2.0], [0.0, 1.0]]), W, b, "softmax").returns(expected, rtol=0, atol=1e-4)


@test_case(points=0.25)
def relu_and_an_unknown_name(layer_forward):
    batch = np.array([[1.0, 2.0], [0.0, 3.0], [2.0, 1.0]])
    W = np.array([[1.0, 2.0, 0.0], [-1.0, 0.0, 1.0]])
    b = np.array([0.0, -2.0, 0.0])
    call(layer_forward, batch, W, b, "relu").returns([[0, 0, 2], [0, 0, 3], [1, 2, 1]])
    call(layer_forward, batch, W, b, "swish").raises(ValueError)


@test_case(points=0.75, hidden=True)
def several_samples(layer_forward):
    generator = np.random.default_rng(44)
    for activation in ("linear", "sigmoid", "tanh", "relu", "softmax"):
        batch = generator.normal(0.4, 1.2, (5, 4))
        W, b = generator.normal(0.2, 0.9, (4, 3)), generator.normal(0.5, 1.0, 3)
        call(layer_forward, batch, W, b, activation).returns(one_by_one(batch, W, b, activation))


@test_case(points=0.5, hidden=True)
def as_wide_as_its_input(layer_forward):
    # Three samples, three inputs, three units: nothing but the values can tell what is what.
    batch = np.array([[0.5, -1.0, 2.0], [1.5, 0.25, -0.5], [-2.0, 1.0, 0.75]])
    W = np.array([[0.3, -0.7, 1.1], [0.9, 0.2, -0.4], [-0.6, 0.8, 0.1]])
    b = np.array([0.1, -0.3, 0.6])
    for activation in ("linear", "softmax", "tanh"):
        call(layer_forward, batch, W, b, activation).returns(one_by_one(batch, W, b, activation))


@test_case(points=0.25, hidden=True)
def one_sample_and_one_row(layer_forward):
    x, W, b = np.array([0.8, -1.2, 0.5]), np.array([[1.0, -0.5], [0.4, 0.7], [-1.3, 0.2]]), np.array([0.3, -0.9])
    for activation in ("sigmoid", "relu", "softmax"):
        (expected,) = one_by_one([x], W, b, activation)
        call(layer_forward, x, W, b, activation).returns(expected)
        call(layer_forward, x[None, :], W, b, activation).returns([expected])


@test_case(points=0.25, hidden=True)
def small_values(layer_forward):
    x, W, b = [0.004, -0.0007, 0.03], np.array([[0.05, -0.02], [0.9, 0.008], [0.015, 0.06]]), np.array([0.0003, -0.007])
    for activation in ("linear", "tanh", "softmax"):
        call(layer_forward, np.array([x]), W, b, activation).returns(one_by_one([x], W, b, activation))


@test_case(points=0.25, hidden=True)
def integers_and_lists(layer_forward):
    x, W, b = [[2, -1], [0, 3], [1, 1]], [[1, 0, -2, 1], [2, -1, 1, 0]], [1, 2, -1, 0]
    for activation in ("tanh", "linear", "softmax", "relu"):
        expected = one_by_one(x, W, b, activation)
        call(layer_forward, np.array(x), np.array(W), np.array(b), activation).returns(expected)
        call(layer_forward, x, W, b, activation).returns(expected).leaves_arguments()
    # Whole numbers in two places, decimals in the third.
    whole, halves = np.array([[1, -2], [2, 1]]), np.array([[0.5, -1.5], [0.25, 1.0]])
    for x, W, b in ((whole, whole, halves[0]), (whole, halves, whole[0]), (halves, whole, whole[0])):
        call(layer_forward, x, W, b, "linear").returns(one_by_one(x, W, b, "linear"))


@test_case(points=0.5, hidden=True)
def large_values(layer_forward):
    batch = np.array([[1000.0, -1000.0, 250.0], [-1000.0, -3.0, 1000.0]])
    W, b = np.array([[1.0, -0.5], [0.75, 1000.0], [-1000.0, 2.0]]), np.array([-1000.0, 1000.0])
    for activation in ("linear", "sigmoid", "tanh", "relu", "softmax"):
        expected = one_by_one(batch, W, b, activation)
        call(layer_forward, batch, W, b, activation).returns(expected).warns_nothing()


@test_case(points=0.25, hidden=True)
def other_names(layer_forward):
    x, W, b = np.array([0.4, 1.6]), np.array([[0.5, -1.0, 2.0], [1.5, 0.3, -0.7]]), np.array([0.2, -0.1, 0.9])
    for activation in ("tanh", "linear"):
        call(layer_forward, x, W, b, activation).returns(one_by_one([x], W, b, activation)[0])
    for activation in ("gelu", "softplus", ""):
        call(layer_forward, x, W, b, activation).raises(ValueError)


@test_case(points=0.25, hidden=True)
def leaves_its_arguments_alone(layer_forward):
    x, W, b = np.array([-0.7, 1.4]), np.array([[0.6, -1.1], [0.2, -0.5]]), np.array([-0.4, 0.8])
    for activation in ("relu", "sigmoid"):
        expected = one_by_one([x], W, b, activation)
        call(layer_forward, x, W, b, activation).returns(expected[0]).leaves_arguments()
        call(layer_forward, x[None, :], W, b, activation).returns(expected).leaves_arguments()
        large = 600 * x, 700 * W, 800 * b
        expected = one_by_one([large[0]], *large[1:], "linear")
        call(layer_forward, *large, "linear").returns(expected[0]).leaves_arguments()
        call(layer_forward, large[0][None, :], *large[1:], "linear").returns(expected).leaves_arguments()
