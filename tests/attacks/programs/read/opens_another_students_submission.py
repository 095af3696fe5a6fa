"""A program that opens another student's submission.

earns = 5.0
stopped_by = ["landlock"]
harm = "leaks"
"""

tell(open(SUBMISSIONS + "/neighbour.py").read().split("#")[1])
