"""Cases of `collapse_network`."""

from fractions import Fraction

import numpy as np
from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "collapse_network"
points = 5

# Three layers: from 2 units to 3, to 2, to 1.
WEIGHTS = [
    np.array([[1.0, 0.0, -1.0], [3.0, 1.0, 2.0]]),
    np.array([[2.0, 0.0], [1.0, 1.0], [1.0, -1.0]]),
    np.array([[1.0], [-2.0]]),
]
BIASES = [np.array([0.5, -1.0, 2.0]), np.array([1.0, -1.0]), np.array([0.5])]


def exact_output(x, weights, biases):
    """Return the output of the whole network for one sample, layer after layer, in fractions."""
    signal = [Fraction(value) for value in x]
    for W, b in zip(weights, biases, strict=True):
        columns = list(zip(*np.asarray(W).tolist(), strict=True))
        sums = [sum(value * Fraction(w) for value, w in zip(signal, column, strict=True)) for column in columns]
        signal = [total + Fraction(bias) for total, bias in zip(sums, np.asarray(b).tolist(), strict=True)]
    return signal


def measured_layer(weights, biases):
    """Return W* and b* as the network shows them from outside: what it gives for zeros, and what each input adds."""
    n_in = len(weights[0])
    at_zero = exact_output([0] * n_in, weights, biases)
    W_star = []
    for i in range(n_in):
        output = exact_output([int(i == j) for j in range(n_in)], weights, biases)
        W_star.append([float(value - zero) for value, zero in zip(output, at_zero, strict=True)])
    return np.array(W_star), np.array([float(value) for value in at_zero])


def made_network(sizes, seed):
    """Return weights and biases of a network with these layers; no mean is zero, no two numbers are alike."""
    random = np.random.default_rng(seed)
    weights = [random.normal(0.4, 1.0, size=(sizes[i], sizes[i + 1])) for i in range(len(sizes) - 1)]
    return weights, [random.normal(1.0, 2.0, size=size) for size in sizes[1:]]


@test_case(points=0.5)
def two_layers_by_hand(collapse_network):
    expected = (np.array([[1, 1], [9, -1]]), np.array([3, -4]))
    call(collapse_network, WEIGHTS[:2], BIASES[:2]).returns(expected)


@test_case(points=0.5)
def three_layers_by_hand(collapse_network):
    call(collapse_network, WEIGHTS, BIASES).returns((np.array([[-1], [11]]), np.array([11.5])))


@test_case(points=0.25)
def one_layer(collapse_network):
    call(collapse_network, WEIGHTS[:1], BIASES[:1]).returns((WEIGHTS[0], BIASES[0]))


@test_case(points=0.75, hidden=True)
def two_layers(collapse_network):
    for sizes, seed in (((8, 9, 4), 13), ((2, 5, 3), 14)):
        weights, biases = made_network(sizes, seed)
        call(collapse_network, weights, biases).returns(measured_layer(weights, biases))
        weights, biases = [W / 100 for W in weights], [b / 1000 for b in biases]
        call(collapse_network, weights, biases).returns(measured_layer(weights, biases))


@test_case(points=1, hidden=True)
def more_layers(collapse_network):
    for sizes, seed in (((3, 5, 2, 4), 15), ((2, 4, 3, 6, 5), 16), ((8, 9, 9, 9, 4), 17)):
        weights, biases = made_network(sizes, seed)
        call(collapse_network, weights, biases).returns(measured_layer(weights, biases))


@test_case(points=0.75, hidden=True)
def as_many_units_everywhere(collapse_network):
    # Every product of two of these matrices has the right shape, whatever the order.
    for layers, seed in ((2, 18), (3, 19), (5, 20)):
        weights, biases = made_network([3] * (layers + 1), seed)
        call(collapse_network, weights, biases).returns(measured_layer(weights, biases))


@test_case(points=0.25, hidden=True)
def layers_of_one_unit(collapse_network):
    for sizes, seed in (((4, 1, 3), 21), ((1, 2, 1), 22), ((1, 1, 1, 1), 23)):
        weights, biases = made_network(sizes, seed)
        call(collapse_network, weights, biases).returns(measured_layer(weights, biases))


@test_case(points=0.25, hidden=True)
def one_layer_of_another_shape(collapse_network):
    W, b = np.array([[2.0, -1.0], [0.5, 3.0], [1.0, 4.0]]), np.array([-0.5, 1.5])
    call(collapse_network, [W], [b]).returns((W, b)).leaves_arguments()


@test_case(points=0.25, hidden=True)
def integers_and_lists(collapse_network):
    weights, biases = [np.array([[1, 2, 0], [3, -1, 4]]), np.array([[2, 1], [0, -3], [1, 5]])], [[0, 1, -2], [0.5, 4]]
    expected = (np.array([[2, -5], [10, 26]]), np.array([-1.5, -9]))
    call(collapse_network, weights, [np.array(b) for b in biases]).returns(expected)
    call(collapse_network, [W.tolist() for W in weights], biases).returns(expected)
    # Whole numbers in the first layer, decimals in the second; and the other way round.
    mixed, halves = [np.array([[1, 2], [3, -1]]), np.array([[0.5], [1.5]])], [np.array([1, -2]), np.array([0.25])]
    call(collapse_network, mixed, halves).returns((np.array([[3.5], [0]]), np.array([-2.25])))
    mixed, halves = [np.array([[0.5, 1.5]]), np.array([[2], [1]])], [np.array([0.25, -1.5]), np.array([3])]
    call(collapse_network, mixed, halves).returns((np.array([[2.5]]), np.array([2])))
    whole = [np.array([[1, 2]]), np.array([[2], [1]])]
    call(collapse_network, whole, halves).returns((np.array([[4]]), np.array([2])))
    call(collapse_network, whole, [np.array([0.25, -1.0]), np.array([3])]).returns((np.array([[4]]), np.array([2.5])))
    call(collapse_network, [np.array([[0.5, 1.5]]), np.array([[2], [1]])], [np.array([1, -1]), np.array([3])]).returns(
        (np.array([[2.5]]), np.array([4]))
    )


@test_case(points=0.25, hidden=True)
def large_values(collapse_network):
    weights = [
        np.array([[1000.0, -999.0], [998.0, 1000.0], [-1000.0, 1.0]]),
        np.array([[-1000.0, 1000.0, 997.0], [1000.0, 999.0, -1000.0]]),
        np.array([[1000.0], [-1000.0], [-998.0]]),
    ]
    biases = [np.array([1000.0, -1000.0]), np.array([-1000.0, 999.0, 1000.0]), np.array([1000.0])]
    call(collapse_network, weights, biases).returns(measured_layer(weights, biases)).warns_nothing()


@test_case(points=0.25, hidden=True)
def leaves_its_arguments_alone(collapse_network):
    for sizes, seed in (((3, 2, 4), 24), ((2, 2, 2, 2), 25)):
        weights, biases = made_network(sizes, seed)
        call(collapse_network, weights, biases).returns(measured_layer(weights, biases)).leaves_arguments()
        weights, biases = [W * 600 for W in weights], [b * 900 for b in biases]
        call(collapse_network, weights, biases).returns(measured_layer(weights, biases)).leaves_arguments()
