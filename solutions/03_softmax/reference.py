"""Reference solution of stage 03: softmax, its derivative, and what it forgets.

Lecture: "Funciones comunes de activación" (the table) and "Activación Softmax".
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def softmax(a: ArrayLike) -> NDArray:
    """Turn any numbers into probabilities: exp(a_i) / Σ_j exp(a_j).

    a: numbers; shape (n,) for one set, (m, n) for m sets, one a row.
    Returns an array of the same shape; the values along the last axis sum to 1.
    """
    # BEGIN SOLUTION
    a = np.asarray(a, dtype=float)
    # Taking the largest away changes nothing in the quotient, and no exponential can overflow.
    exponentials = np.exp(a - a.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)
    # END SOLUTION


def softmax_jacobian(a: ArrayLike) -> NDArray:
    """Return all derivatives of softmax at a: σ_i (δ_ij − σ_j), with δ_ij = 1 if i = j, else 0.

    a: a single set of numbers, of shape (n,).
    Returns an array (n, n); entry ij is ∂σ_i/∂a_j.
    """
    # BEGIN SOLUTION
    probabilities = softmax(a)
    return np.diag(probabilities) - np.outer(probabilities, probabilities)
    # END SOLUTION


def predict(probabilities: ArrayLike) -> np.intp | NDArray:
    """Return the index of the most probable class, along the last axis.

    probabilities: shape (n,) for one sample, (m, n) for m samples.
    Returns an index, or an array (m,) with one index a sample.
    """
    # BEGIN SOLUTION
    return np.argmax(probabilities, axis=-1)
    # END SOLUTION


def softmax_twin(a: ArrayLike) -> NDArray:
    """Return a vector b clearly different from a that has the same softmax.

    a: numbers of shape (n,).
    Returns an array (n,) that is at least 0.1 away from a in some position.
    """
    # BEGIN SOLUTION
    return np.asarray(a, dtype=float) + 1.0
    # END SOLUTION
