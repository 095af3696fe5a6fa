"""A program that opens the tests by a path relative to its own folder.

earns = 5.0
stopped_by = ["landlock"]
harm = "leaks"
"""

import os

tell(open(os.path.relpath(ANSWERS)).read())
