"""A program that warns ten thousand times, at length."""

import warnings


def double(x, label="", through=None):
    for number in range(10_000):
        warnings.warn("x" * 1000 + str(number), RuntimeWarning)
