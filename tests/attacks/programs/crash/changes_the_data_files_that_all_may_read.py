"""A program that changes the data files that all submissions may read.

earns = 5.0
stopped_by = ["uid", "seccomp", "namespaces"]
harm = "harms others"
"""

import contextlib
import mmap
import os

with contextlib.suppress(OSError):
    os.chmod(DATA, 0o777)
for name in ("data/falls.csv", os.path.realpath("data/falls.csv"), f"{DATA}/falls.csv"):
    with contextlib.suppress(OSError):
        os.chmod(name, 0o666)
    with contextlib.suppress(OSError):
        os.truncate(name, 4)
    with contextlib.suppress(OSError):
        os.unlink("mine")
    with contextlib.suppress(OSError):
        os.link(name, "mine")
        open("mine", "w").write("mine")
    with contextlib.suppress(OSError):
        descriptor = os.open(name, os.O_RDONLY)
        open(f"/proc/self/fd/{descriptor}", "w").write("mine")
    with contextlib.suppress(OSError, ValueError):
        mmap.mmap(os.open(name, os.O_RDWR), 4)[:4] = b"mine"
    with contextlib.suppress(OSError):
        open("other", "w").write("mine")
        os.replace("other", name)
with contextlib.suppress(OSError):
    open(f"{DATA}/more.csv", "w").write("mine")
