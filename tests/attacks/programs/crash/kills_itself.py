"""A program that kills itself."""

import os
import signal


def double(x, **k):
    os.kill(os.getpid(), signal.SIGKILL)
