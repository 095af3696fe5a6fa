"""A program that returns float('inf') for every number v."""


def double(x, **k):
    return [float("inf") for v in x]
