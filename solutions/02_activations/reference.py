"""Reference solution of stage 02: the activation functions, their derivatives, and a way to check them.

Lecture: "Funciones de activación" (the jacket) and "Funciones comunes de activación" (the table).
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray


def jacket(temperature: ArrayLike, threshold: float) -> NDArray:
    """Decide whether to put the jacket on: 1 if temperature < threshold, else 0.

    temperature: a number, or an array of any shape, one decision an element.
    threshold: a number; right at the threshold there is no need yet.
    Returns zeros and ones, with the shape of temperature.
    """
    # BEGIN SOLUTION
    return (np.asarray(temperature) < threshold).astype(float)
    # END SOLUTION


def sigmoid(a: ArrayLike) -> NDArray:
    """Take each number into the interval (0, 1): σ(a) = 1 / (1 + e^−a).

    a: a number, or an array of any shape.
    Returns σ of each element, with the shape of a.
    """
    # BEGIN SOLUTION
    a = np.asarray(a, dtype=float)
    # e^−|a| is at most 1, so it cannot overflow; for negative a, σ(a) = e^a / (1 + e^a).
    decay = np.exp(-np.abs(a))
    return np.where(a >= 0, 1.0, decay) / (1.0 + decay)
    # END SOLUTION


def sigmoid_derivative(a: ArrayLike) -> NDArray:
    """Return the derivative of the sigmoid at a: ∂σ/∂a = σ(a) (1 − σ(a)).

    a: the point at which to differentiate (not σ(a)); a number, or an array of any shape.
    Returns the derivative at each element, with the shape of a.
    """
    # BEGIN SOLUTION
    # The slope is the same at a and at −a, so |a| will do, and e^−|a| cannot overflow.
    y = 1.0 / (1.0 + np.exp(-np.abs(np.asarray(a, dtype=float))))
    return y * (1.0 - y)
    # END SOLUTION


def tanh(a: ArrayLike) -> NDArray:
    """Take each number into the interval (−1, 1): (e^a − e^−a) / (e^a + e^−a).

    a: a number, or an array of any shape.
    Returns tanh of each element, with the shape of a.
    """
    # BEGIN SOLUTION
    a = np.asarray(a, dtype=float)
    # The quotient for |a|, over and under divided by e^|a|; tanh(−a) = −tanh(a) gives the sign back.
    decay = np.exp(-2.0 * np.abs(a))
    return np.sign(a) * (1.0 - decay) / (1.0 + decay)
    # END SOLUTION


def tanh_derivative(a: ArrayLike) -> NDArray:
    """Return the derivative of the hyperbolic tangent at a: ∂tanh/∂a = 4 / (e^a + e^−a)².

    a: the point at which to differentiate (not tanh(a)); a number, or an array of any shape.
    Returns the derivative at each element, with the shape of a.
    """
    # BEGIN SOLUTION
    # The formula for |a|, over and under divided by e^(2|a|): nothing is left that could overflow.
    decay = np.exp(-2.0 * np.abs(np.asarray(a, dtype=float)))
    return 4.0 * decay / (1.0 + decay) ** 2
    # END SOLUTION


def relu(a: ArrayLike) -> NDArray:
    """Let the positive through and stop the rest: max(0, a).

    a: a number, or an array of any shape.
    Returns relu of each element, with the shape of a.
    """
    # BEGIN SOLUTION
    return np.maximum(0.0, a)
    # END SOLUTION


def relu_derivative(a: ArrayLike) -> NDArray:
    """Return the derivative of ReLU at a: 0 if a ≤ 0, 1 if a > 0.

    a: the point at which to differentiate (not relu(a)); a number, or an array of any shape.
    Returns zeros and ones, with the shape of a.
    """
    # BEGIN SOLUTION
    return (np.asarray(a) > 0).astype(float)
    # END SOLUTION


def numerical_derivative(f: Callable[[NDArray], NDArray], a: ArrayLike, h: float = 1e-5) -> NDArray:
    """Approximate the derivative of f at a with central differences: (f(a + h) − f(a − h)) / (2h).

    f: a function that acts element by element on numbers or arrays.
    a: a number, or an array of any shape.
    h: the step that is taken to each side.
    Returns the approximate derivative at each element, with the shape of a.
    """
    # BEGIN SOLUTION
    a = np.asarray(a, dtype=float)
    return (f(a + h) - f(a - h)) / (2.0 * h)
    # END SOLUTION
