"""A program that stops the fork server.

stopped_by = ["rlimits", "uid", "seccomp", "namespaces"]
harm = "stays"
hangs = true
"""

import os
import signal, time


def double(x, **k):
    os.kill(os.getppid(), signal.SIGSTOP)
    time.sleep(600)
