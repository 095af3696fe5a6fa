"""A program that calls exit(0)."""


def double(x, **k):
    exit(0)
