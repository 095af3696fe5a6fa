"""A program that calls a function that the judge gave it with whatever it likes.

earns = 4.0
"""


def double(x, label="", through=None):
    if through is None:
        return [2 * v for v in x]
    seen = []
    for value in (None, "x", [], {}, float("nan"), 10**400, "__globals__", b"x", 1.0):
        try:
            seen.append(through(value))
        except Exception as error:
            seen.append(str(error))
    try:
        through(secret="?")
    except Exception as error:
        seen.append(str(error))
    raise ValueError(repr(seen))
