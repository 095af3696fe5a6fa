"""A program that returns True for every number v."""


def double(x, **k):
    return [True for v in x]
