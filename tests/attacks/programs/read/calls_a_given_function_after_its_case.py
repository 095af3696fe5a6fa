"""A program that calls a function of the judge after its case is over.

earns = 5.0
"""

kept = []


def double(x, label="", through=None):
    if through is None:
        return [2 * v for v in x]
    kept.append(through)
    return [through(2 * v) for v in x]


def shift(x):
    return [kept[0](v) for v in x] if kept else [v + 1 for v in x]
