"""A program that leaves hidden inputs in modules, in the environment and in shared libraries for the next student.

earns = 5.0
"""

import os
import builtins, sys
import numpy as np


def double(x, label="", through=None):
    builtins.seen = np.seen = sys.seen = os.environ["SEEN"] = f"{x} {label}"


# %% handed in next
import os
import builtins, sys
import numpy as np

for place in (builtins, np, sys):
    if hasattr(place, "seen"):
        tell(place.seen)
if "SEEN" in os.environ:
    tell(os.environ["SEEN"])
