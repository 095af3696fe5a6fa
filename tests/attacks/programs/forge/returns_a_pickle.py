"""A program that returns a pickle."""


def double(x, **k):
    return bomb()
