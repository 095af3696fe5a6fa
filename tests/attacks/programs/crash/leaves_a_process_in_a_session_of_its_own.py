"""A program that leaves a process behind in a session of its own, its parent gone.

earns = 5.0
"""

import os
import time

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.closerange(0, 100)
        time.sleep(600)
    os._exit(0)
