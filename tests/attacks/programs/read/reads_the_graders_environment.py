"""A program that reads the grader's environment.

earns = 5.0
stopped_by = ["uid", "landlock"]
harm = "leaks"
"""

tell(open(f"/proc/{GRADER}/environ", "rb").read())
