# Softmax: from numbers to probabilities
# Complete each question and see where you stand with: python check.py
# Hand in this file.

import numpy as np


def softmax(a):
    """Turn any numbers into probabilities: exp(a_i) / Σ_j exp(a_j).

    a: numbers; shape (n,) for one set, (m, n) for m sets, one a row.
    Returns an array of the same shape; the values along the last axis sum to 1.
    """
    ...


def softmax_jacobian(a):
    """Return all derivatives of softmax at a: σ_i (δ_ij − σ_j), with δ_ij = 1 if i = j, else 0.

    a: a single set of numbers, of shape (n,).
    Returns an array (n, n); entry ij is ∂σ_i/∂a_j.
    """
    ...


def predict(probabilities):
    """Return the index of the most probable class, along the last axis.

    probabilities: shape (n,) for one sample, (m, n) for m samples.
    Returns an index, or an array (m,) with one index a sample.
    """
    ...


def softmax_twin(a):
    """Return a vector b clearly different from a that has the same softmax.

    a: numbers of shape (n,).
    Returns an array (n,) that is at least 0.1 away from a in some position.
    """
    ...
