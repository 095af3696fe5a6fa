"""A program that kills the fork server.

stopped_by = ["rlimits", "uid", "seccomp", "namespaces"]
harm = "stays"
hangs = true
"""

import os
import signal, time


def double(x, **k):
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(600)
