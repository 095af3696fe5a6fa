"""A program that raises its own limits and takes all memory.

earns = 5.0
stopped_by = ["uid", "seccomp", "userns"]
harm = "gets through"
dangerous = true
needs = ["CAP_SYS_RESOURCE"]
"""

import resource

resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
import numpy as np

done(np.ones(60 * 2**20).sum())
