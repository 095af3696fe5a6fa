"""A program that returns a list without end.

hangs = true
"""


class Endless(list):
    def __iter__(self):
        while True:
            yield 0.0


def double(x, **k):
    return Endless([1.0, 2.0])
