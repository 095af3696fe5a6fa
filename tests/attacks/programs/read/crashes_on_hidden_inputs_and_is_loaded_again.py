"""A program that crashes on hidden inputs and tells them when it is loaded again.

earns = 4.0
stopped_by = ["landlock"]
harm = "writes"
"""

import os

if os.path.exists(OPEN + "/seen"):
    tell(open(OPEN + "/seen").read())


def double(x, label="", through=None):
    if label:
        open(OPEN + "/seen", "w").write(label)
        os._exit(1)
    return [through(2 * v) for v in x] if through else [2 * v for v in x]
