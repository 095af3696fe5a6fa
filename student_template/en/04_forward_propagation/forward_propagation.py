# Forward propagation: a network that answers
# Complete each question and see where you stand with: python check.py
# Hand in this file.

import numpy as np


def initialize(layer_sizes, seed):
    """Return a network to start from: W normal with standard deviation 1 / sqrt(n_in), b zero.

    layer_sizes: units of each layer, from input to output; [8, 9, 4] is 8 inputs, 9 hidden units, 4
        outputs.
    seed: a whole number, 0 or more; the same seed gives the same network.
    Returns a list of pairs (W, b), one for each step from a layer to the next: W (n_in, n_out), b
        (n_out,).
    """
    ...


def sigmoid(a):
    """Take each number into (0, 1): 1 / (1 + exp(−a)).

    a: numbers of any shape.
    Returns an array of the same shape.
    """
    a = np.asarray(a, dtype=float)
    # exp(−|a|) is at most 1, so it cannot overflow; for negative a, the quotient is exp(a) / (1 + exp(a)).
    decay = np.exp(-np.abs(a))
    return np.where(a >= 0, 1.0, decay) / (1.0 + decay)


def tanh(a):
    """Take each number into (−1, 1): (exp(a) − exp(−a)) / (exp(a) + exp(−a)).

    a: numbers of any shape.
    Returns an array of the same shape.
    """
    return np.tanh(a)


def relu(a):
    """Let positive numbers through and put 0 in place of the others: max(0, a).

    a: numbers of any shape.
    Returns an array of the same shape.
    """
    return np.maximum(0.0, a)


def softmax(a):
    """Turn any numbers into probabilities: exp(a_i) / Σ_j exp(a_j).

    a: numbers; shape (n,) for one set, (m, n) for m sets, one a row.
    Returns an array of the same shape; the values along the last axis sum to 1.
    """
    a = np.asarray(a, dtype=float)
    # Taking the largest away changes nothing in the quotient, and no exponential can overflow.
    exponentials = np.exp(a - a.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


def layer_forward(x, W, b, activation):
    """Pass x through one layer: f(x W + b), where f is the activation of that name.

    x: shape (n_in,) for one sample, (m, n_in) for m samples, one a row.
    W, b: weights (n_in, n_out) and biases (n_out,).
    activation: "linear", "sigmoid", "tanh", "relu" or "softmax"; another name raises ValueError.
    Returns an array (n_out,), or (m, n_out).
    """
    ...


def forward(x, network, activations):
    """Pass x through the network: y_l = f_l(y_(l-1) W_l + b_l), starting at y_0 = x.

    x: shape (n_in,) for one sample, (m, n_in) for m samples, one a row.
    network: list of pairs (W, b), one a layer, from input to output.
    activations: list of names, one a layer.
    Returns the list [x, y_1, …, y_L]: the input and the output of each layer, activation included.
    """
    ...


def errors(y, t):
    """Return what separates the outputs from the targets: y − t, element by element.

    y, t: outputs and targets, both of shape (n_out,) or (m, n_out).
    Returns an array of the same shape; it is positive where the network said too much.
    """
    ...


def squared_loss(y, t):
    """Return the squared loss of a sample, ½ Σ_j (y_j − t_j)², averaged over the batch.

    y, t: outputs and targets; shape (n_out,) for one sample, (m, n_out) for m samples.
    Returns a single number, a float.
    """
    ...
