"""A program that opens files until there are no more.

earns = 5.0
stopped_by = ["rlimits"]
harm = "gets through"
"""

import os
import resource

files = [os.open("/dev/null", os.O_RDONLY) for _ in range(min(200, resource.getrlimit(resource.RLIMIT_NOFILE)[0]))]
if len(files) == 200:
    done()
