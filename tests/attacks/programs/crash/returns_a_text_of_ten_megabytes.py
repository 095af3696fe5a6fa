"""A program that returns a text of ten megabytes."""


def double(x, **k):
    return "x" * 10**7
