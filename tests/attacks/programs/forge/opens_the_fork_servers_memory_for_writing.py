"""A program that opens the fork server's memory for writing.

earns = 5.0
stopped_by = ["uid", "landlock"]
harm = "gets through"
"""

import os

open(f"/proc/{os.getppid()}/mem", "r+b").close()
done()
