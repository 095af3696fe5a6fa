"""A program that leaves a file in /dev/shm.

earns = 5.0
stopped_by = ["landlock"]
harm = "writes"
"""

open(SHM, "w").close()
