"""A program that calls a function of the judge for ever.

earns = 4.0
hangs = true
"""


def double(x, label="", through=None):
    if through is None:
        return [2 * v for v in x]
    while True:
        through(1.0)
