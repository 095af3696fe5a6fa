"""A program that leaves a process behind.

earns = 5.0
"""

import os
import time

if os.fork() == 0:
    time.sleep(600)
    os._exit(0)
