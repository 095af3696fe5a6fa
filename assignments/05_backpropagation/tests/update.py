"""Cases of `update`."""

import numpy as np
from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "update"
points = 2


@test_case(points=0.25)
def one_layer(update):
    network = [(np.array([[1.0, 2.0], [3.0, -1.0], [0.0, 0.5]]), np.array([0.5, -0.5]))]
    gradients = [(np.array([[0.2, -0.4], [0.0, 1.0], [-0.6, 0.0]]), np.array([0.1, -0.3]))]
    expected = [(np.array([[0.9, 2.2], [3.0, -1.5], [0.3, 0.5]]), np.array([0.45, -0.35]))]
    call(update, network, gradients, 0.5).returns(expected)


@test_case(points=0.25)
def two_layers(update):
    network = [
        (np.array([[2.0, -2.0], [-1.0, 1.0]]), np.array([0.0, 1.0])),
        (np.array([[3.0], [-2.0]]), np.array([0.0])),
    ]
    gradients = [
        (np.array([[-0.09375, 0.046875], [-0.1875, 0.09375]]), np.array([-0.09375, 0.046875])),
        (np.array([[-0.0625], [-0.09375]]), np.array([-0.125])),
    ]
    expected = [
        (np.array([[2.075, -2.0375], [-0.85, 0.925]]), np.array([0.075, 0.9625])),
        (np.array([[3.05], [-1.925]]), np.array([0.1])),
    ]
    call(update, network, gradients, 0.8).returns(expected)


@test_case(points=0.5, hidden=True)
def several_layers(update):
    network = [
        (np.array([[0.5, -0.25, 1.0]]), np.array([0.1, 0.2, -0.3])),
        (np.array([[1.0, 0.0], [-1.5, 2.0], [0.75, 0.4]]), np.array([0.0, 0.6])),
        (np.array([[0.9, -0.7], [0.2, 1.1]]), np.array([-0.4, 0.8])),
    ]
    gradients = [
        (np.array([[0.4, 0.8, -0.2]]), np.array([-0.6, 0.4, 1.0])),
        (np.array([[-0.2, 0.6], [1.0, 0.0], [0.2, -0.8]]), np.array([2.0, -0.4])),
        (np.array([[0.6, -0.2], [-1.2, 0.4]]), np.array([0.2, -0.6])),
    ]
    expected = [
        (np.array([[0.4, -0.45, 1.05]]), np.array([0.25, 0.1, -0.55])),
        (np.array([[1.05, -0.15], [-1.75, 2.0], [0.7, 0.6]]), np.array([-0.5, 0.7])),
        (np.array([[0.75, -0.65], [0.5, 1.0]]), np.array([-0.45, 0.95])),
    ]
    call(update, network, gradients, 0.25).returns(expected)


@test_case(points=0.25, hidden=True)
def other_learning_rates(update):
    network = [(np.array([[0.5, 1.5], [-1.0, 2.0]]), np.array([0.25, -0.75]))]
    gradients = [(np.array([[0.1, -0.3], [0.4, 0.2]]), np.array([0.5, -0.2]))]
    call(update, network, gradients, 3).returns([(np.array([[0.2, 2.4], [-2.2, 1.4]]), np.array([-1.25, -0.15]))])
    call(update, network, gradients, 0.01).returns(
        [(np.array([[0.499, 1.503], [-1.004, 1.998]]), np.array([0.245, -0.748]))]
    )
    call(update, network, gradients, 0.0).returns(network)
    # Large gradients are subtracted whole, and small steps count too.
    gradients = [(np.array([[2.5, -40.0], [1200.0, 0.001]]), np.array([-3.0, 700.0]))]
    call(update, network, gradients, 2).returns(
        [(np.array([[-4.5, 81.5], [-2401.0, 1.998]]), np.array([6.25, -1400.75]))]
    )
    expected = [
        (np.array([[0.4991666666667, 1.5133333333333], [-1.4, 1.9999996666667]]), np.array([0.251, -0.9833333333333]))
    ]
    call(update, network, gradients, 1 / 3000).returns(expected)
    small = [(np.array([[0.03, -0.0005]]), np.array([0.002, -0.01]))]
    steps = [(np.array([[0.1, 0.002]]), np.array([0.02 - 0.00007, 0.04 / 3]))]
    expected = [(np.array([[0.02, -0.0007]]), np.array([0.000007, -0.034 / 3]))]
    call(update, small, steps, 0.1).returns(expected, atol=1e-12)


@test_case(points=0.25, hidden=True)
def integers_and_lists(update):
    network = [
        (np.array([[1, -2, 3], [0, 4, 1000]]), np.array([1, 0, -1])),
        (np.array([[2], [0], [-1]]), np.array([5])),
    ]
    gradients = [
        (np.array([[1, 0, -1], [3, 1, 2]]), np.array([1, -3, 0])),
        (np.array([[0.5], [-1.0], [0.2]]), np.array([1.5])),
    ]
    expected = [
        (np.array([[0.5, -2.0, 3.5], [-1.5, 3.5, 999.0]]), np.array([0.5, 1.5, -1.0])),
        (np.array([[1.75], [0.5], [-1.1]]), np.array([4.25])),
    ]
    call(update, network, gradients, 0.5).returns(expected)
    # Whole numbers in the network, decimals in the gradients; and the other way round.
    whole, halves = [(np.array([[3, -1]]), np.array([2, 0]))], [(np.array([[0.5, 1.5]]), np.array([0.25, -0.5]))]
    call(update, whole, halves, 1).returns([(np.array([[2.5, -2.5]]), np.array([1.75, 0.5]))])
    call(update, halves, whole, 1).returns([(np.array([[-2.5, 2.5]]), np.array([-1.75, -0.5]))])
    lists = [[(W.tolist(), b.tolist()) for W, b in layers] for layers in (network, gradients)]
    call(update, *lists, 0.5).returns(expected)


@test_case(points=0.5, hidden=True)
def leaves_its_arguments_alone(update):
    network = [
        (np.array([[1.0, -0.5], [0.25, 2.0], [1.5, 0.0]]), np.array([0.2, -0.1])),
        (np.array([[0.8], [-1.2]]), np.array([0.3])),
    ]
    gradients = [
        (np.array([[0.5, 1.0], [-0.5, 0.25], [0.0, -1.0]]), np.array([0.1, 0.4])),
        (np.array([[-0.2], [0.6]]), np.array([-1.0])),
    ]
    expected = [
        (np.array([[0.9, -0.7], [0.35, 1.95], [1.5, 0.2]]), np.array([0.18, -0.18])),
        (np.array([[0.84], [-1.32]]), np.array([0.5])),
    ]
    call(update, network, gradients, 0.2).returns(expected).leaves_arguments()
    network, gradients, expected = (
        [(800 * W, 2000 * b) for W, b in layers] for layers in (network, gradients, expected)
    )
    call(update, network, gradients, 0.2).returns(expected).leaves_arguments()
