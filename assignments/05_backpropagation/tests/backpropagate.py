"""Cases of `backpropagate`: the hidden ones ask the loss itself, nudging one parameter at a time."""

import cmath
from itertools import pairwise

import numpy as np
from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "backpropagate"
points = 4


def complex_sigmoid(a):
    """Return the sigmoid of one complex number, with no exponential that overflows."""
    return cmath.exp(a) / (1 + cmath.exp(a)) if a.real < 0 else 1 / (1 + cmath.exp(-a))


def complex_loss(x, t, network):
    """Return the mean squared loss of complex parameters, unit by unit."""
    total = 0
    for values, targets in zip(x, t, strict=True):
        for W, b in network:
            values = [
                complex_sigmoid(b[j] + sum(values[i] * W[i, j] for i in range(len(values)))) for j in range(len(b))
            ]
        total += sum((y - target) ** 2 for y, target in zip(values, targets, strict=True)) / 2
    return total / len(x)


def gradients_by_complex_steps(x, t, network):
    """Return (dW, db) of every layer: exact to rounding, with no δ and no formula for a derivative in it."""
    x, t = np.atleast_2d(x), np.atleast_2d(t)
    network = [tuple(np.array(parameters, dtype=complex) for parameters in layer) for layer in network]
    gradients = [tuple(np.zeros(parameters.shape) for parameters in layer) for layer in network]
    for layer, gradient in zip(network, gradients, strict=True):
        for parameters, derivatives in zip(layer, gradient, strict=True):
            for place in np.ndindex(parameters.shape):
                parameters[place] += 1e-30j
                derivatives[place] = complex_loss(x, t, network).imag / 1e-30
                parameters[place] = np.real(parameters[place])
    return gradients


def make_network(seed, *layer_sizes):
    """Return a network of normal weights and biases."""
    generator = np.random.default_rng(seed)
    return [
        (generator.normal(0.2, 0.8, size=(inputs, units)), generator.normal(0.1, 0.5, size=units))
        for inputs, units in pairwise(layer_sizes)
    ]


@test_case(points=0.5)
def two_inputs_two_hidden_units_one_output(backpropagate):
    # σ(0) = 1/2 and σ(log 3) = 3/4, so every number can be worked out by hand.
    network = [
        (np.array([[2.0, -2.0], [-1.0, 1.0]]), np.array([0.0, np.log(3.0)])),
        (np.array([[3.0], [-2.0]]), np.array([0.0])),
    ]
    expected = [
        (np.array([[-0.09375, 0.046875], [-0.1875, 0.09375]]), np.array([-0.09375, 0.046875])),
        (np.array([[-0.0625], [-0.09375]]), np.array([-0.125])),
    ]
    call(backpropagate, np.array([1.0, 2.0]), np.array([1.0]), network).returns(expected)


@test_case(points=0.5)
def two_samples_one_layer(backpropagate):
    # The outputs are 1/2 and 3/4, and δ is −0.125 for the first sample and 0.140625 for the second.
    x, t = np.array([[1.0, 0.0], [2.0, 1.0]]), np.array([[1.0], [0.0]])
    network = [(np.array([[0.0], [np.log(3.0)]]), np.array([0.0]))]
    expected = [(np.array([[0.078125], [0.0703125]]), np.array([0.0078125]))]
    call(backpropagate, x, t, network).returns(expected)


@test_case(points=1, hidden=True)
def several_layers_and_rows(backpropagate):
    generator = np.random.default_rng(54)
    for samples, layer_sizes in ((5, (4, 3, 5, 2)), (3, (2, 6, 3)), (4, (3, 2))):
        network = make_network(55, *layer_sizes)
        x = generator.normal(0.5, 1.0, size=(samples, layer_sizes[0]))
        t = generator.uniform(0.0, 1.0, size=(samples, layer_sizes[-1]))
        call(backpropagate, x, t, network).returns(gradients_by_complex_steps(x, t, network))


@test_case(points=0.5, hidden=True)
def one_sample(backpropagate):
    x, t, network = np.array([0.6, -1.1, 0.4]), np.array([0.0, 1.0]), make_network(56, 3, 4, 3, 2)
    call(backpropagate, x, t, network).returns(gradients_by_complex_steps(x, t, network))


@test_case(points=0.5, hidden=True)
def layers_of_one_width(backpropagate):
    x = np.array([[0.3, -0.9, 1.2], [1.4, 0.5, -0.1], [-0.7, 0.2, 0.8]])
    t = np.array([[1.0, 0.0, 0.2], [0.0, 1.0, 0.6], [0.5, 0.0, 1.0]])
    network = make_network(57, 3, 3, 3, 3)
    call(backpropagate, x, t, network).returns(gradients_by_complex_steps(x, t, network))


@test_case(points=0.25, hidden=True)
def one_row_and_one_unit(backpropagate):
    x, t, network = np.array([[0.8, -0.3]]), np.array([[0.1, 0.9, 0.4]]), make_network(58, 2, 1, 3)
    call(backpropagate, x, t, network).returns(gradients_by_complex_steps(x, t, network))


@test_case(points=0.25, hidden=True)
def integers_and_lists(backpropagate):
    x, t = np.array([[1, 0, 2], [0, -1, 1], [3, 1, 0], [1, 1, -2]]), np.array([[1, 0], [0, 0], [0, 1], [1, 1]])
    network = [
        (np.array([[1, -1], [0, 2], [1, 1]]), np.array([0, -1])),
        (np.array([[2, -1], [-1, 1]]), np.array([1, 0])),
    ]
    expected = gradients_by_complex_steps(x, t, network)
    call(backpropagate, x, t, network).returns(expected)
    halves = [(W, b + 0.5) for W, b in network]
    call(backpropagate, x, t / 4, halves).returns(gradients_by_complex_steps(x, t / 4, halves))
    lists = [(W.tolist(), b.tolist()) for W, b in network]
    call(backpropagate, x.tolist(), t.tolist(), lists).returns(expected)


@test_case(points=0.25, hidden=True)
def large_values(backpropagate):
    # Every unit of the first layer is at 0 or 1: its weights get nothing, those that follow still learn.
    x, t = np.array([[1000.0, -1000.0], [-1000.0, 500.0]]), np.array([[1.0, 0.0], [0.25, 1.0]])
    network = [
        (np.array([[0.5, -0.2, 0.7], [0.3, 0.4, -0.1]]), np.array([0.1, 0.0, -0.3])),
        (np.array([[0.4, -0.8], [1.1, 0.6], [-0.5, 0.9]]), np.array([0.2, -0.1])),
    ]
    call(backpropagate, x, t, network).returns(gradients_by_complex_steps(x, t, network)).warns_nothing()
    x, t = np.array([1.0, -1.0]), np.array([0.0])
    network = [
        (np.array([[1000.0, -1000.0, 0.5], [-1000.0, 900.0, 0.25]]), np.array([0.0, 0.0, 0.1])),
        (np.array([[1.0], [-2.0], [0.5]]), np.array([-0.5])),
    ]
    call(backpropagate, x, t, network).returns(gradients_by_complex_steps(x, t, network)).warns_nothing()
    # Here no unit is saturated, and the gradients are far above 1.
    x, t = np.array([[70.0, -45.0], [60.0, 85.0]]), np.array([[1.0], [0.0]])
    network = [(np.array([[0.0002], [-0.0001]]), np.array([0.1]))]
    call(backpropagate, x, t, network).returns(gradients_by_complex_steps(x, t, network)).warns_nothing()


@test_case(points=0.25, hidden=True)
def leaves_its_arguments_alone(backpropagate):
    x, t = np.array([[0.2, 1.3], [-0.6, 0.7], [0.9, -0.4]]), np.array([[0.0, 1.0], [1.0, 0.3], [0.8, 0.0]])
    network = make_network(59, 2, 4, 2)
    call(backpropagate, x, t, network).returns(gradients_by_complex_steps(x, t, network)).leaves_arguments()
    call(backpropagate, x[0], t[0], network).returns(gradients_by_complex_steps(x[0], t[0], network)).leaves_arguments()
    network = [(900 * W, 900 * b) for W, b in network]
    call(backpropagate, 900 * x, t, network).returns(gradients_by_complex_steps(900 * x, t, network)).leaves_arguments()
    call(backpropagate, 900 * x[2], t[2], network).returns(
        gradients_by_complex_steps(900 * x[2], t[2], network)
    ).leaves_arguments()
