"""A program that opens a file beside the tests.

earns = 5.0
stopped_by = ["landlock"]
harm = "leaks"
"""

tell(open(ANSWERS).read())
