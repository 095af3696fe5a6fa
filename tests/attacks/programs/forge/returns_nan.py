"""A program that returns float('nan') for every number v."""


def double(x, **k):
    return [float("nan") for v in x]
