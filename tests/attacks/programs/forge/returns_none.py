"""A program that returns None for every number v."""


def double(x, **k):
    return [None for v in x]
