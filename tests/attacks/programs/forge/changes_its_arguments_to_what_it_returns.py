"""A program that changes its arguments to what it returns."""


def double(x, **k):
    x[:] = [0.0] * len(x)
    return x
