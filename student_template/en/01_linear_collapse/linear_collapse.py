# Linear collapse: many layers worth one
# Complete each question and see where you stand with: python check.py
# Hand in this file.

import numpy as np


def linear(x, W, b):
    """Return the output of a linear layer: x W + b.

    x: a sample of shape (n_in,), or a batch (m, n_in) with one sample a row.
    W: weights of shape (n_in, n_out); w_ij goes from input i to unit j.
    b: biases of shape (n_out,), one a unit.
    Returns an array (n_out,) for a sample, (m, n_out) for a batch.
    """
    ...


def width(layer_sizes):
    """Return the width of the network: the units of its largest layer, max_l n_l.

    layer_sizes: the units of each layer, from input to output, e.g. [8, 9, 9, 9, 4].
    Returns an integer.
    """
    ...


def depth(layer_sizes):
    """Return the depth of the network: how many layers stand between input and output.

    layer_sizes: the units of each layer, from input to output, e.g. [8, 9, 9, 9, 4].
    Returns an integer: the number of hidden layers.
    """
    ...


def count_parameters(layer_sizes):
    """Return the number of weights and biases of the whole network: Σ_l (n_{l−1} n_l + n_l).

    layer_sizes: the units of each layer, from input to output, e.g. [8, 9, 9, 9, 4].
    Returns an integer.
    """
    ...


def collapse(W1, W2):
    """Return the one matrix that does the same as two layers in a row: W* with (x W1) W2 = x W*.

    W1: weights of the first layer, of shape (n_0, n_1).
    W2: weights of the second layer, of shape (n_1, n_2).
    Returns an array (n_0, n_2).
    """
    ...


def collapse_network(weights, biases):
    """Return the one layer that does the same as a whole stack of linear layers: x W* + b*.

    weights: list of L matrices of weights, from input to output; the l-th has shape (n_{l−1}, n_l).
    biases: list of L vectors of biases; the l-th has shape (n_l,).
    Returns a tuple (W*, b*), of shapes (n_0, n_L) and (n_L,).
    """
    ...


def linearity_gap(f, u, v):
    """Return what f lacks to respect sums: max |f(u + v) − f(u) − f(v) + f(0)|.

    f: a function that takes an array and returns an array or a number; f(0) is its value at an array
        of zeros.
    u, v: two samples of shape (n,), or two batches (m, n); the 0 of f(0) has that same shape.
    Returns a number: the largest of the differences, without its sign.
    """
    ...
