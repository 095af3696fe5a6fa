"""A program that returns 1e308 * v for every number v."""


def double(x, **k):
    return [1e308 * v for v in x]
