"""A program that prints a gigabyte.

earns = 5.0
"""

text = "x" * 10**7


def double(x, label="", through=None):
    for _ in range(20):
        print(text)
    return [through(2 * v) for v in x] if through else [2 * v for v in x]
