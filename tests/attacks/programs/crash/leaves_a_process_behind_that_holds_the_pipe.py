"""A program that leaves a process behind that holds the pipe.

hangs = true
"""

import os
import time


def double(x, **k):
    if os.fork() == 0:
        time.sleep(600)
    os._exit(0)
