"""A program that waits for ever in C.

hangs = true
"""


def double(x, **k):
    return sum(iter(int, 1))
