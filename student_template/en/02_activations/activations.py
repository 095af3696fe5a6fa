# Activations: breaking the straight line
# Complete each question and see where you stand with: python check.py
# Hand in this file.

import numpy as np


def jacket(temperature, threshold):
    """Decide whether to put the jacket on: 1 if temperature < threshold, else 0.

    temperature: a number, or an array of any shape, one decision an element.
    threshold: a number; right at the threshold there is no need yet.
    Returns zeros and ones, with the shape of temperature.
    """
    ...


def sigmoid(a):
    """Take each number into the interval (0, 1): σ(a) = 1 / (1 + e^−a).

    a: a number, or an array of any shape.
    Returns σ of each element, with the shape of a.
    """
    ...


def sigmoid_derivative(a):
    """Return the derivative of the sigmoid at a: ∂σ/∂a = σ(a) (1 − σ(a)).

    a: the point at which to differentiate (not σ(a)); a number, or an array of any shape.
    Returns the derivative at each element, with the shape of a.
    """
    ...


def tanh(a):
    """Take each number into the interval (−1, 1): (e^a − e^−a) / (e^a + e^−a).

    a: a number, or an array of any shape.
    Returns tanh of each element, with the shape of a.
    """
    ...


def tanh_derivative(a):
    """Return the derivative of the hyperbolic tangent at a: ∂tanh/∂a = 4 / (e^a + e^−a)².

    a: the point at which to differentiate (not tanh(a)); a number, or an array of any shape.
    Returns the derivative at each element, with the shape of a.
    """
    ...


def relu(a):
    """Let the positive through and stop the rest: max(0, a).

    a: a number, or an array of any shape.
    Returns relu of each element, with the shape of a.
    """
    ...


def relu_derivative(a):
    """Return the derivative of ReLU at a: 0 if a ≤ 0, 1 if a > 0.

    a: the point at which to differentiate (not relu(a)); a number, or an array of any shape.
    Returns zeros and ones, with the shape of a.
    """
    ...


def numerical_derivative(f, a, h=1e-05):
    """Approximate the derivative of f at a with central differences: (f(a + h) − f(a − h)) / (2h).

    f: a function that acts element by element on numbers or arrays.
    a: a number, or an array of any shape.
    h: the step that is taken to each side.
    Returns the approximate derivative at each element, with the shape of a.
    """
    ...
