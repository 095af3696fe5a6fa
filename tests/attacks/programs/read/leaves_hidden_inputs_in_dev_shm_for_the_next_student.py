"""A program that leaves hidden inputs in /dev/shm for the next student.

earns = 5.0
stopped_by = ["landlock"]
harm = "leaks"
"""

import os


def double(x, label="", through=None):
    open(SHM, "a").write(f"{x} {label}")
    os.chmod(SHM, 0o666)


# %% handed in next
tell(open(SHM).read())
