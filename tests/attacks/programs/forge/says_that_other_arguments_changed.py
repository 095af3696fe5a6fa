"""A program that says that arguments changed which it was never given.

hangs = true
"""

import time
from capas.sandbox import wire


def double(x, **k):
    pipe, number = asked()
    pipe.sendall(frame(wire.encode(wire.Returned(number, [0.0, 0.0], {-1: [0.0], 1: [2.0, 4.0], 99: 1}))))
    time.sleep(600)
