"""A program that recurses without end."""


def double(x, **k):
    return double(x)
