"""A program that opens a file of a submission that is being graded.

earns = 5.0
stopped_by = ["uid", "landlock"]
harm = "leaks"
"""

tell(open(NEIGHBOURS_FOLDER + "/work.txt").read())
