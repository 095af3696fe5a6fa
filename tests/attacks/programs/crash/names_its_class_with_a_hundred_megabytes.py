"""A program that names the class of its answer with a hundred megabytes."""


def double(x, **k):
    return type("x" * 10**8, (), {})()
