"""A program that starts processes that start processes.

earns = 5.0
stopped_by = ["uid", "userns", "seccomp"]
harm = "gets through"
dangerous = true
"""

import os
import time


def both(depth):
    for _ in range(2):
        if os.fork() == 0:
            try:
                both(depth - 1) if depth else None
            finally:
                time.sleep(20)
                os._exit(0)


both(4)
time.sleep(0.5)
mine = os.getsid(0)


def session(pid):
    try:
        return os.getsid(pid)
    except OSError:
        return None


count = sum(session(int(name)) == mine for name in os.listdir("/proc") if name.isdigit())
if count > 50:
    done(count)
