"""A program that leaves processes behind that start others as they are killed.

earns = 5.0
"""

import os
import time


def breed(generation):
    if os.fork() == 0:
        os.setsid()
        for _ in range(8 - generation):
            time.sleep(0.02)
            if generation < 7:
                breed(generation + 1)
        time.sleep(600)
        os._exit(0)


if os.fork() == 0:
    breed(5)
    time.sleep(600)
