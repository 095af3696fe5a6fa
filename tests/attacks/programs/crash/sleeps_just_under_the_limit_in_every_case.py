"""A program that sleeps just under the limit in every case.

earns = 5.0
hangs = true
"""

import time


def double(x, label="", through=None):
    time.sleep(0.3)
    return [through(2 * v) for v in x] if through else [2 * v for v in x]
