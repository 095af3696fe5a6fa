"""A program that opens the tests through its own root in /proc.

earns = 5.0
stopped_by = ["landlock"]
harm = "leaks"
"""

tell(open("/proc/self/root" + ANSWERS).read())
