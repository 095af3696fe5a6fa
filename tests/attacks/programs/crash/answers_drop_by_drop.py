"""A program that answers drop by drop.

hangs = true
"""

import struct
import time


def double(x, **k):
    pipe, _ = asked()
    pipe.sendall(struct.pack("!I", 10**6))
    while True:
        pipe.sendall(b"x")
        time.sleep(0.01)
