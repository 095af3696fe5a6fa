"""A program that kills its process group."""

import os
import signal


def double(x, **k):
    os.killpg(0, signal.SIGKILL)
