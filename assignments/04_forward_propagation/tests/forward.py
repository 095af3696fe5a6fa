"""Cases of `forward`."""

import math

import numpy as np
from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "forward"
points = 6


def activate(sums, activation):
    """Return the activations of one sample's sums, with scalars from the standard library only."""
    if activation == "sigmoid":
        return [(1 + math.tanh(a / 2)) / 2 for a in sums]
    if activation == "softmax":
        exponentials = [math.exp(a - max(sums)) for a in sums]
        return [value / math.fsum(exponentials) for value in exponentials]
    functions = {"linear": float, "tanh": math.tanh, "relu": lambda a: max(a, 0.0)}
    return [functions[activation](a) for a in sums]


def follow(x, network, activations):
    """Return input and outputs for a single sample, worked out unit by unit."""
    outputs = [np.array(x, dtype=float)]
    for (W, b), activation in zip(network, activations, strict=True):
        y = outputs[-1]
        sums = [math.fsum([*(y[i] * W[i][j] for i in range(len(y))), b[j]]) for j in range(len(b))]
        outputs.append(np.array(activate(sums, activation)))
    return outputs


def follow_each(batch, network, activations):
    """Return input and outputs for a batch, one sample after the other."""
    samples = [follow(x, network, activations) for x in batch]
    return [np.array(layer) for layer in zip(*samples, strict=True)]


def drawn_network(layer_sizes, seed):
    """Return weights and biases without any symmetry: nothing has mean zero, no biases are zero."""
    generator = np.random.default_rng(seed)
    network = []
    for index in range(1, len(layer_sizes)):
        shape = (layer_sizes[index - 1], layer_sizes[index])
        network.append((generator.uniform(-0.8, 1.0, shape), generator.uniform(-0.9, 0.6, shape[1])))
    return network


@test_case(points=0.5)
def two_layers_by_hand(forward):
    network = [
        (np.array([[1.0, 2.0, 0.0], [-1.0, 0.0, 1.0]]), np.array([0.0, 0.0, 1.0])),
        (np.array([[5.0, 1.0], [1.0, -2.0], [-1.0, 1.0]]), np.array([0.0, 3.0])),
    ]
    # The first layer's sums are −1, 2, 3; the second's 0 + 2 − 3 + 0 = −1 and 0 − 4 + 3 + 3 = 2.
    expected = [np.array([1, 2]), np.array([0, 2, 3]), np.array([0, 2])]
    call(forward, np.array([1.0, 2.0]), network, ["relu", "relu"]).returns(expected)


@test_case(points=0.5)
def exclusive_or(forward):
    batch = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    network = [
        (np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([0.0, -1.0])),
        (np.array([[1.0], [-2.0]]), np.array([0.0])),
    ]
    expected = [batch, np.array([[0, 0], [1, 0], [1, 0], [2, 1]]), np.array([[0], [1], [1], [0]])]
    call(forward, batch, network, ["relu", "linear"]).returns(expected)


@test_case(points=0.5)
def three_activations(forward):
    # The sums are −log 3 and log 3; then 2 and −1; then log 3 and 0.
    network = [
        (np.array([[-1.0, 2.0]]) * np.log(3.0), np.array([0.0, -1.0]) * np.log(3.0)),
        (np.array([[2.0, -4.0], [1.0, 0.0]]), np.array([0.75, 0.0])),
        (np.array([[0.5, 1.0], [7.0, 7.0]]) * np.log(3.0), np.array([0.0, -2.0]) * np.log(3.0)),
    ]
    expected = [np.array([1]), np.array([0.25, 0.75]), np.array([2, 0]), np.array([0.75, 0.25])]
    call(forward, np.array([1.0]), network, ["sigmoid", "relu", "softmax"]).returns(expected)


@test_case(points=1.25, hidden=True)
def network_of_the_lecture(forward):
    network = drawn_network([8, 9, 9, 9, 4], 45)
    batch = np.random.default_rng(46).normal(0.3, 1.0, (6, 8))
    for activations in (["sigmoid", "tanh", "relu", "softmax"], ["relu", "linear", "tanh", "sigmoid"]):
        call(forward, batch, network, activations).returns(follow_each(batch, network, activations))


@test_case(points=0.5, hidden=True)
def no_hidden_layer(forward):
    network = drawn_network([3, 2], 47)
    batch = np.array([[0.5, -1.5, 1.0], [2.0, 0.25, -0.75]])
    for activation in ("linear", "relu", "sigmoid"):
        call(forward, batch, network, [activation]).returns(follow_each(batch, network, [activation]))


@test_case(points=0.5, hidden=True)
def all_layers_alike(forward):
    # Three samples, three inputs, three units everywhere: nothing but the values can tell what is what.
    network = drawn_network([3, 3, 3, 3], 48)
    batch = np.array([[0.5, -1.0, 2.0], [1.5, 0.25, -0.5], [-2.0, 1.0, 0.75]])
    for activations in (["tanh", "sigmoid", "softmax"], ["softmax", "relu", "tanh"]):
        call(forward, batch, network, activations).returns(follow_each(batch, network, activations))


@test_case(points=0.5, hidden=True)
def one_sample_and_one_row(forward):
    network = drawn_network([4, 2, 5], 49)
    x, activations = np.array([0.8, -1.2, 0.5, 1.7]), ["tanh", "softmax"]
    call(forward, x, network, activations).returns(follow(x, network, activations))
    call(forward, x[None, :], network, activations).returns(follow_each([x], network, activations))


@test_case(points=0.25, hidden=True)
def small_values(forward):
    network = [(W / 20, b / 5000) for W, b in drawn_network([3, 4, 2], 52)]
    batch = np.array([[0.004, -0.0007, 0.03], [0.006, 0.0009, -0.0015]])
    for activations in (["linear", "tanh"], ["tanh", "linear"]):
        call(forward, batch, network, activations).returns(follow_each(batch, network, activations), atol=1e-12)


@test_case(points=0.5, hidden=True)
def integers_and_lists(forward):
    batch, activations = [[2, -1], [0, 3], [1, 1]], ["relu", "tanh"]
    network = [([[1, 0, -2, 1], [2, -1, 1, 0]], [1, 2, -1, 0]), ([[1, -1], [0, 2], [1, 1], [-2, 0]], [-1, 1])]
    expected = follow_each(batch, network, activations)
    call(forward, batch, network, activations).returns(expected).leaves_arguments()
    arrays = [(np.array(W), np.array(b)) for W, b in network]
    call(forward, np.array(batch), arrays, activations).returns(expected).leaves_arguments()
    # Whole numbers in the samples and the first layer, decimals in the second; and the other way round.
    whole, halves = (
        (np.array([[1, -2], [2, 1]]), np.array([1, 0])),
        (np.array([[0.5, -1.5], [0.25, 1.0]]), np.array([0.5, 0])),
    )
    for x, layers in ((whole[0], [whole, halves]), (halves[0], [whole, whole]), (whole[0], [halves, whole])):
        call(forward, x, layers, ["linear", "linear"]).returns(follow_each(x, layers, ["linear", "linear"]))


@test_case(points=0.5, hidden=True)
def large_values(forward):
    batch = np.array([[1000.0, -1000.0], [-1000.0, 400.0], [3.0, 1000.0]])
    network = [
        (np.array([[1.0, -2.0, 0.5], [0.25, -1.0, 1000.0]]), np.array([10.0, -1000.0, 1000.0])),
        (np.array([[1.0, -1.0], [-0.5, 1000.0], [0.001, 0.002]]), np.array([-1000.0, 0.0])),
    ]
    for activations in (["linear", "softmax"], ["relu", "sigmoid"], ["sigmoid", "tanh"]):
        expected = follow_each(batch, network, activations)
        call(forward, batch, network, activations).returns(expected).warns_nothing()


@test_case(points=0.5, hidden=True)
def leaves_its_arguments_alone(forward):
    network, activations = drawn_network([2, 2, 2], 50), ["relu", "linear"]
    batch = np.array([[-0.7, 1.4], [0.9, -0.2], [0.3, 0.6]])
    expected = follow_each(batch, network, activations)
    call(forward, batch, network, activations).returns(expected).leaves_arguments()
    call(forward, batch[0], network, activations).returns([layer[0] for layer in expected]).leaves_arguments()
    network, activations = [(700 * W, 1000 * b) for W, b in network], ["linear", "linear"]
    expected = follow_each(800 * batch, network, activations)
    call(forward, 800 * batch, network, activations).returns(expected).leaves_arguments()
    call(forward, 800 * batch[0], network, activations).returns([layer[0] for layer in expected]).leaves_arguments()
