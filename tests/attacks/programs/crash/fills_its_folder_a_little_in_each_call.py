"""A program that fills its folder a little in each call.

earns = 2.0
"""

import time

calls = []


def double(x, **k):
    calls.append(x)
    with open(str(len(calls)), "wb") as file:
        file.write(b"x" * 9 * 2**20)
    time.sleep(0.21)
    return [2 * v for v in x]
