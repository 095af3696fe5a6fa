"""A program that learns that a file of a known name exists, and how large it is.

earns = 5.0
stopped_by = ["nothing"]
harm = "gets through"
"""

import os

done(os.stat(ANSWERS).st_size)
