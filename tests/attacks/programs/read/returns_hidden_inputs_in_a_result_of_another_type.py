"""A program that returns hidden inputs in a result of another type."""


def double(x, label="", through=None):
    return {"x": x, "label": [label]}
