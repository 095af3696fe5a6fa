"""A program that gives a function of the judge objects without end.

earns = 4.0
hangs = true
"""


class Thing:
    pass


def double(x, label="", through=None):
    while through:
        try:
            through(Thing())
        except TypeError:
            pass
    return [2 * value for value in x]
