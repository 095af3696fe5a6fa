"""A program that returns str(2 * v) for every number v."""


def double(x, **k):
    return [str(2 * v) for v in x]
