"""A program that opens the tests.

earns = 5.0
stopped_by = ["landlock"]
harm = "leaks"
"""

tell(open(TESTS + "/double.py").read())
