"""A program that stops itself.

hangs = true
"""

import os
import signal


def double(x, **k):
    os.kill(os.getpid(), signal.SIGSTOP)
