"""A program that remembers hidden inputs and returns them in the next question's public case.

keeps = false
"""

seen = []


def double(x, label="", through=None):
    seen.append(x)


def shift(x):
    return [seen]
