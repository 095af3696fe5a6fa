"""Both answers, right."""


def double(x, label="", through=None):
    values = [2 * value for value in x]
    return [through(value) for value in values] if through else values


def shift(x):
    return [value + 1 for value in x]
