"""A program that opens the tests through the grader's folder in /proc.

earns = 5.0
stopped_by = ["uid", "landlock"]
harm = "leaks"
"""

tell(open(f"/proc/{GRADER}/cwd/tests/answers.txt").read())
