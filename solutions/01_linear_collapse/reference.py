"""Reference solution of stage 01: a network with no depth, and why stacking more of it adds nothing.

Lecture: "Capas" (the minimal example), "Una Red Neuronal profunda" and "¿Porqué se necesita la no-linealidad?".
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray


def linear(x: ArrayLike, W: ArrayLike, b: ArrayLike) -> NDArray:
    """Return the output of a linear layer: x W + b.

    x: a sample of shape (n_in,), or a batch (m, n_in) with one sample a row.
    W: weights of shape (n_in, n_out); w_ij goes from input i to unit j.
    b: biases of shape (n_out,), one a unit.
    Returns an array (n_out,) for a sample, (m, n_out) for a batch.
    """
    # BEGIN SOLUTION
    return np.asarray(x) @ np.asarray(W) + np.asarray(b)
    # END SOLUTION


def width(layer_sizes: Sequence[int] | NDArray) -> int:
    """Return the width of the network: the units of its largest layer, max_l n_l.

    layer_sizes: the units of each layer, from input to output, e.g. [8, 9, 9, 9, 4].
    Returns an integer.
    """
    # BEGIN SOLUTION
    return max(layer_sizes)
    # END SOLUTION


def depth(layer_sizes: Sequence[int] | NDArray) -> int:
    """Return the depth of the network: how many layers stand between input and output.

    layer_sizes: the units of each layer, from input to output, e.g. [8, 9, 9, 9, 4].
    Returns an integer: the number of hidden layers.
    """
    # BEGIN SOLUTION
    return len(layer_sizes) - 2
    # END SOLUTION


def count_parameters(layer_sizes: Sequence[int] | NDArray) -> int:
    """Return the number of weights and biases of the whole network: Σ_l (n_{l−1} n_l + n_l).

    layer_sizes: the units of each layer, from input to output, e.g. [8, 9, 9, 9, 4].
    Returns an integer.
    """
    # BEGIN SOLUTION
    sizes = np.asarray(layer_sizes)
    n_in, n_out = sizes[:-1], sizes[1:]
    # The input layer computes nothing: it has no biases of its own.
    return int(np.sum(n_in * n_out + n_out))
    # END SOLUTION


def collapse(W1: ArrayLike, W2: ArrayLike) -> NDArray:
    """Return the one matrix that does the same as two layers in a row: W* with (x W1) W2 = x W*.

    W1: weights of the first layer, of shape (n_0, n_1).
    W2: weights of the second layer, of shape (n_1, n_2).
    Returns an array (n_0, n_2).
    """
    # BEGIN SOLUTION
    return np.asarray(W1) @ np.asarray(W2)
    # END SOLUTION


def collapse_network(weights: Sequence[ArrayLike], biases: Sequence[ArrayLike]) -> tuple[NDArray, NDArray]:
    """Return the one layer that does the same as a whole stack of linear layers: x W* + b*.

    weights: list of L matrices of weights, from input to output; the l-th has shape (n_{l−1}, n_l).
    biases: list of L vectors of biases; the l-th has shape (n_l,).
    Returns a tuple (W*, b*), of shapes (n_0, n_L) and (n_L,).
    """
    # BEGIN SOLUTION
    W_star, b_star = np.asarray(weights[0]), np.asarray(biases[0])
    for W, b in zip(weights[1:], biases[1:], strict=True):
        # A bias that is already there goes through the next layer, as any signal does.
        W_star, b_star = W_star @ np.asarray(W), b_star @ np.asarray(W) + np.asarray(b)
    return W_star, b_star
    # END SOLUTION


def linearity_gap(f: Callable[[NDArray], NDArray | float], u: ArrayLike, v: ArrayLike) -> float:
    """Return what f lacks to respect sums: max |f(u + v) − f(u) − f(v) + f(0)|.

    f: a function that takes an array and returns an array or a number; f(0) is its value at an array of zeros.
    u, v: two samples of shape (n,), or two batches (m, n); the 0 of f(0) has that same shape.
    Returns a number: the largest of the differences, without its sign.
    """
    # BEGIN SOLUTION
    u, v = np.asarray(u), np.asarray(v)
    differences = np.asarray(f(u + v)) - f(u) - f(v) + f(np.zeros(u.shape))
    return float(np.max(np.abs(differences)))
    # END SOLUTION
