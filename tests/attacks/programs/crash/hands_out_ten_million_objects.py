"""A program that hands out ten million objects.

hangs = true
"""


class Thing:
    __slots__ = ()


def double(x, **k):
    return [Thing() for _ in range(10**7)]
