"""Cases of `hidden_delta`."""

import numpy as np
from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "hidden_delta"
points = 4


def outputs_and_deltas(delta_next, W_next, a):
    """Return σ(a) and δ of its layer by complex steps, one unit and one sample at a time.

    A change of y_j reaches the loss through every k: by w_jk to what k receives, and from there by δ_k.
    """
    W_next = np.asarray(W_next)
    outputs, deltas = np.zeros(np.shape(a)), np.zeros(np.shape(a))
    for *sample, j in np.ndindex(np.shape(a)):
        moved = 1 / (1 + np.exp(-(np.asarray(a)[(*sample, j)] + 1e-30j)))
        following = np.asarray(delta_next)[tuple(sample)]
        outputs[(*sample, j)] = moved.real
        deltas[(*sample, j)] = sum(moved.imag / 1e-30 * W_next[j, k] * following[k] for k in range(len(following)))
    return outputs, deltas


@test_case(points=0.5)
def one_sample(hidden_delta):
    # By hand: the sums are 1·0.1 − 2·0.2 = −0.3, 3·0.1 + 1·0.2 = 0.5 and −5·0.2 = −1.
    W_next = np.array([[1.0, 2.0], [3.0, -1.0], [0.0, 5.0]])
    y = np.array([0.5, 0.2, 0.5])
    call(hidden_delta, np.array([0.1, -0.2]), W_next, y).returns([-0.075, 0.08, -0.25])


@test_case(points=0.5)
def two_samples(hidden_delta):
    W_next = np.array([[1.0, 2.0, 0.0], [4.0, -1.0, 1.0]])
    delta_next = np.array([[0.1, 0.2, -0.4], [-0.3, 0.0, 0.5]])
    y = np.array([[0.5, 0.5], [0.8, 0.6]])
    call(hidden_delta, delta_next, W_next, y).returns([[0.125, -0.05], [-0.048, -0.168]])


@test_case(points=1, hidden=True)
def several_rows(hidden_delta):
    generator = np.random.default_rng(52)
    for samples, width, next_width in ((5, 4, 2), (3, 2, 6), (4, 3, 4)):
        delta_next = generator.normal(0.1, 0.4, size=(samples, next_width))
        W_next = generator.normal(0.3, 1.0, size=(width, next_width))
        y, deltas = outputs_and_deltas(delta_next, W_next, generator.normal(0.5, 1.0, size=(samples, width)))
        call(hidden_delta, delta_next, W_next, y).returns(deltas)
        call(hidden_delta, delta_next / 90, W_next / 30, y).returns(deltas / 2700, atol=1e-12)


@test_case(points=0.75, hidden=True)
def as_wide_as_the_next_layer(hidden_delta):
    W_next = np.array([[0.5, -1.0, 2.0], [1.5, 0.25, -0.5], [-2.0, 3.0, 1.0]])
    delta_next = np.array([[0.2, -0.1, 0.4], [0.05, 0.3, -0.25], [-0.6, 0.1, 0.15]])
    y, deltas = outputs_and_deltas(delta_next, W_next, [[0.4, -1.2, 0.9], [2.0, 0.1, -0.7], [-0.3, 1.4, 0.6]])
    call(hidden_delta, delta_next, W_next, y).returns(deltas)
    call(hidden_delta, delta_next[1], W_next, y[1]).returns(deltas[1])


@test_case(points=0.5, hidden=True)
def one_row_and_one_unit(hidden_delta):
    W_next = np.array([[1.2, -0.4], [0.3, 2.1], [-0.7, 0.9], [0.6, 0.5]])
    y, deltas = outputs_and_deltas([[0.15, -0.35]], W_next, [[0.2, -0.5, 1.3, 0.7]])
    call(hidden_delta, np.array([[0.15, -0.35]]), W_next, y).returns(deltas)
    # One unit follows, then one unit is followed.
    y, deltas = outputs_and_deltas([[0.2], [-0.1]], [[1.5], [-0.5], [2.0]], [[0.1, 0.8, -0.4], [1.0, -1.0, 0.3]])
    call(hidden_delta, np.array([[0.2], [-0.1]]), np.array([[1.5], [-0.5], [2.0]]), y).returns(deltas)
    y, deltas = outputs_and_deltas([0.2, -0.1, 0.3], [[1.5, -0.5, 2.0]], [0.6])
    call(hidden_delta, np.array([0.2, -0.1, 0.3]), np.array([[1.5, -0.5, 2.0]]), y).returns(deltas)


@test_case(points=0.25, hidden=True)
def integers_and_lists(hidden_delta):
    call(hidden_delta, [0.5, -0.25], [[2, 4], [-1, 2], [3, 0]], [0.5, 0.2, 0.9]).returns([0.0, -0.16, 0.135])
    W_next, delta_next = np.array([[1000, -1000], [999, 2], [0, -7]]), np.array([[1, -1], [0, 20]])
    y, deltas = outputs_and_deltas(delta_next, W_next, [[0.3, -0.1, 1.2], [0.9, 0.2, -0.8]])
    call(hidden_delta, delta_next, W_next, y).returns(deltas).warns_nothing()


@test_case(points=0.5, hidden=True)
def leaves_its_arguments_alone(hidden_delta):
    W_next = np.array([[0.5, 1.0], [-2.0, 0.75], [1.25, -0.5]])
    delta_next = np.array([[0.3, -0.2], [0.1, 0.6], [-0.4, 0.05], [0.2, 0.25]])
    a = [[0.1, 0.9, -0.6], [1.1, -0.3, 0.4], [-1.5, 0.2, 0.7], [0.8, 0.0, -0.2]]
    y, deltas = outputs_and_deltas(delta_next, W_next, a)
    call(hidden_delta, delta_next, W_next, y).returns(deltas).leaves_arguments()
    call(hidden_delta, delta_next[0], W_next, y[0]).returns(deltas[0]).leaves_arguments()
    call(hidden_delta, delta_next, 700 * W_next, y).returns(700 * deltas).leaves_arguments()
    # Large ones too, which nobody may cut: those of a batch, and of a single sample.
    large = 2000 * delta_next
    call(hidden_delta, large, W_next, y).returns(2000 * deltas).leaves_arguments()
    call(hidden_delta, large[0], W_next, y[0]).returns(2000 * deltas[0]).leaves_arguments()
