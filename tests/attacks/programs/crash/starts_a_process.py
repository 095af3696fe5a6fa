"""A program that starts a process.

earns = 5.0
stopped_by = ["seccomp"]
harm = "gets through"
"""

import os

if os.fork() == 0:
    os._exit(0)
done()
