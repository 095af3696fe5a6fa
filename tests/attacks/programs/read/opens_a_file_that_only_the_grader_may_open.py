"""A program that opens a file that only the grader may open.

earns = 5.0
stopped_by = ["uid", "landlock"]
harm = "leaks"
"""

tell(open(PRIVATE).read())
