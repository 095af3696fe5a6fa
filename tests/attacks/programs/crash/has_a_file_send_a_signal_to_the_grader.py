"""A program that has a file send a signal to the grader.

earns = 5.0
stopped_by = ["uid", "seccomp", "namespaces"]
harm = "harms others"
"""

import os
import fcntl, signal

reading, writing = os.pipe()
fcntl.fcntl(reading, fcntl.F_SETOWN, GRADER)
fcntl.fcntl(reading, 10, signal.SIGKILL)
fcntl.fcntl(reading, fcntl.F_SETFL, os.O_ASYNC)
os.write(writing, b"x")
