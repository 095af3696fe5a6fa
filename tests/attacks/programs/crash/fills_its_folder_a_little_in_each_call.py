"""A program that fills its folder a little in each call.

earns = 2.0
"""

import os
import time

calls = []


def double(x, **k):
    calls.append(x)
    try:
        with open(str(len(calls)), "wb") as file:
            file.write(b"x" * 9 * 2**20)
    except OSError:  # full: where that is said, and the process is not ended for it
        os._exit(0)
    time.sleep(0.21)
    return [2 * v for v in x]
