"""A program that takes all memory at once.

earns = 5.0
stopped_by = ["rlimits"]
harm = "gets through"
dangerous = true
"""

import numpy as np

done(np.ones(60 * 2**20).sum())
