"""A program that goes to the folder of the tests and looks around.

earns = 5.0
stopped_by = ["landlock"]
harm = "leaks"
"""

import os

os.chdir(TESTS)
tell(open("answers.txt").read())
