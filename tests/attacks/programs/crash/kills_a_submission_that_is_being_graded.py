"""A program that kills a submission that is being graded.

earns = 5.0
stopped_by = ["uid", "seccomp", "namespaces"]
harm = "harms others"
"""

import os
import signal

os.kill(NEIGHBOUR, signal.SIGKILL)
