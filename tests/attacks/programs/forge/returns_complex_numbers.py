"""A program that returns 2 * v + 0j for every number v."""


def double(x, **k):
    return [2 * v + 0j for v in x]
