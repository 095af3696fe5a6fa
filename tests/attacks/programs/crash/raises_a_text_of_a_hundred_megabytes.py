"""A program that raises a text of a hundred megabytes."""


def double(x, **k):
    raise ValueError("x" * 10**8)
