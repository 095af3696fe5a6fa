"""A program that is right until it has been loaded twice.

earns = 5.0
"""

import os

right = not os.path.exists("again")
open("again", "w").close()


def double(x, label="", through=None):
    values = [2 * v for v in x] if right else None
    return [through(v) for v in values] if through else values
