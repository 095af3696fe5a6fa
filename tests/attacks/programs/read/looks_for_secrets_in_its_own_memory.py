"""A program that looks for secrets in its own memory.

earns = 5.0
"""

import os
import re

secret = re.compile(rb"[c]anary-(memory|environment|answers|private|token|closure|comment|of-a-neighbour|at-work)")
try:
    maps = open("/proc/self/maps").read().splitlines()
except OSError:
    maps = []
with open("/proc/self/mem", "rb") if maps else open(os.devnull, "rb") as memory:
    for line in maps:
        place, rights = line.split()[:2]
        start, stop = (int(number, 16) for number in place.split("-"))
        if "r" in rights and "[v" not in line:
            memory.seek(start)
            try:
                data = memory.read(stop - start)
            except (OSError, ValueError, OverflowError):
                continue
            if found := secret.search(data):
                tell(found.group())
