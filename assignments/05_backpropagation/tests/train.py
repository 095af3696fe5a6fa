"""Cases of `train`: the hidden ones train a network again, with gradients that the loss itself gives."""

import cmath
from itertools import pairwise

import numpy as np
from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "train"
points = 2


def complex_loss(x, t, network):
    """Return the mean squared loss of complex parameters, unit by unit."""
    total = 0
    for values, targets in zip(x, t, strict=True):
        for W, b in network:
            received = [b[j] + sum(values[i] * W[i, j] for i in range(len(values))) for j in range(len(b))]
            values = [1 / (1 + cmath.exp(-a)) for a in received]
        total += sum((y - target) ** 2 for y, target in zip(values, targets, strict=True)) / 2
    return total / len(x)


def descend(x, t, network, learning_rate, epochs):
    """Return (network, losses) of gradient descent by complex steps: no δ, no formula for a derivative in it."""
    x, t = np.atleast_2d(x), np.atleast_2d(t)
    network = [tuple(np.array(parameters, dtype=complex) for parameters in layer) for layer in network]
    losses = []
    for _ in range(epochs):
        losses.append(complex_loss(x, t, network).real)
        steps = [tuple(np.zeros(parameters.shape) for parameters in layer) for layer in network]
        for layer, step in zip(network, steps, strict=True):
            for parameters, changes in zip(layer, step, strict=True):
                for place in np.ndindex(parameters.shape):
                    parameters[place] += 1e-30j
                    changes[place] = learning_rate * complex_loss(x, t, network).imag / 1e-30
                    parameters[place] = np.real(parameters[place])
        network = [(W - dW, b - db) for (W, b), (dW, db) in zip(network, steps, strict=True)]
    return [(np.real(W), np.real(b)) for W, b in network], losses


def make_network(seed, *layer_sizes):
    """Return a network of normal weights and biases."""
    generator = np.random.default_rng(seed)
    return [
        (generator.normal(0.2, 0.8, size=(inputs, units)), generator.normal(0.1, 0.5, size=units))
        for inputs, units in pairwise(layer_sizes)
    ]


@test_case(points=0.25)
def one_epoch_by_hand(train):
    network = [
        (np.array([[2.0, -2.0], [-1.0, 1.0]]), np.array([0.0, np.log(3.0)])),
        (np.array([[3.0], [-2.0]]), np.array([0.0])),
    ]
    trained = [
        (np.array([[2.075, -2.0375], [-0.85, 0.925]]), np.array([0.075, np.log(3.0) - 0.0375])),
        (np.array([[3.05], [-1.925]]), np.array([0.1])),
    ]
    call(train, np.array([1.0, 2.0]), np.array([1.0]), network, 0.8, 1).returns((trained, [0.125]))


@test_case(points=0.25)
def three_epochs_of_one_unit(train):
    x, t = np.array([[1.0], [3.0]]), np.array([[1.0], [0.0]])
    network = [(np.array([[0.0]]), np.array([0.0]))]
    # Before the first step the unit answers 0.5 to both: the loss is ½ · 0.25.
    losses = [0.125, 0.11202597, 0.10616298]
    trained = [(np.array([[-0.25993211]]), np.array([0.04431161]))]
    call(train, x, t, network, 1.0, 3).returns((trained, losses), rtol=0, atol=1e-7)


@test_case(points=0.25, hidden=True)
def several_epochs(train):
    generator = np.random.default_rng(61)
    for samples, layer_sizes, learning_rate, epochs in ((5, (3, 4, 2), 0.7, 4), (3, (2, 3, 3, 1), 2.5, 3)):
        network = make_network(62, *layer_sizes)
        x = generator.normal(0.4, 1.0, size=(samples, layer_sizes[0]))
        t = generator.uniform(0.0, 1.0, size=(samples, layer_sizes[-1]))
        call(train, x, t, network, learning_rate, epochs).returns(descend(x, t, network, learning_rate, epochs))
    # Gradients far above 1, in a unit that they do not saturate.
    x, t = np.array([[900.0, -450.0], [800.0, 1000.0]]), np.array([[1.0], [0.0]])
    network = [(np.zeros((2, 1)), np.zeros(1))]
    call(train, x, t, network, 2e-6, 4).returns(descend(x, t, network, 2e-6, 4))


@test_case(points=0.25, hidden=True)
def many_epochs(train):
    x, t = np.array([[0.6, -0.4], [-1.2, 0.3], [0.1, 1.5]]), np.array([[1.0], [0.0], [0.7]])
    network = make_network(66, 2, 1)
    call(train, x, t, network, 1.5, 24).returns(descend(x, t, network, 1.5, 24))
    # Nearly right from the start.
    right = np.array([[1 / (1 + np.exp(-(row @ network[0][0] + network[0][1])))[0] + 1e-3] for row in x])
    call(train, x, right, network, 1.0, 13).returns(descend(x, right, network, 1.0, 13))
    # Steps so long that the loss rises and falls.
    x, t, network = (
        np.array([[2.0], [-1.0], [3.0]]),
        np.array([[0.9], [0.2], [0.1]]),
        [(np.array([[0.3]]), np.array([0.1]))],
    )
    call(train, x, t, network, 12.0, 14).returns(descend(x, t, network, 12.0, 14))


@test_case(points=0.25, hidden=True)
def one_sample(train):
    x, t, network = np.array([0.5, -1.2, 0.8]), np.array([0.0, 1.0]), make_network(63, 3, 3, 2)
    call(train, x, t, network, 1.5, 5).returns(descend(x, t, network, 1.5, 5))


@test_case(points=0.25, hidden=True)
def one_epoch_and_none(train):
    x, t = np.array([[0.6, 0.1], [-0.4, 1.5], [1.1, -0.8], [0.3, 0.9]]), np.array([[1.0], [0.0], [0.2], [0.7]])
    network = make_network(64, 2, 2, 1)
    call(train, x, t, network, 0.5, 1).returns(descend(x, t, network, 0.5, 1))
    call(train, x, t, network, 0.5, 0).returns((network, []))


@test_case(points=0.25, hidden=True)
def integers_and_lists(train):
    x, t = [[0, 0], [0, 1], [1, 0], [1, 1]], [[0], [1], [1], [0]]
    network = [(np.array([[2, -1, 1], [1, 1, -2]]), np.array([0, 1, -1])), (np.array([[1], [-2], [2]]), np.array([0]))]
    expected = descend(x, t, network, 2, 3)
    call(train, np.array(x), np.array(t), network, 2, 3).returns(expected)
    call(train, x, t, [(W.tolist(), b.tolist()) for W, b in network], 2, 3).returns(expected)


@test_case(points=0.25, hidden=True)
def leaves_its_arguments_alone(train):
    x, t = np.array([[0.7, -0.5], [0.2, 1.4], [-1.0, 0.6]]), np.array([[0.0, 1.0], [1.0, 0.4], [0.3, 0.0]])
    network = make_network(65, 2, 3, 2)
    call(train, x, t, network, 0.9, 3).returns(descend(x, t, network, 0.9, 3)).leaves_arguments()
    call(train, x[0], t[0], network, 0.9, 2).returns(descend(x[0], t[0], network, 0.9, 2)).leaves_arguments()
    x, network = 600 * x, [(network[0][0] / 500, network[0][1]), network[1]]
    call(train, x, t, network, 1e-5, 2).returns(descend(x, t, network, 1e-5, 2)).leaves_arguments()
    call(train, x[2], t[2], network, 1e-5, 2).returns(descend(x[2], t[2], network, 1e-5, 2)).leaves_arguments()
