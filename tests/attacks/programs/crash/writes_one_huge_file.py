"""A program that writes one huge file.

earns = 5.0
stopped_by = ["rlimits"]
harm = "gets through"
dangerous = true
"""

import os

with open("huge", "wb") as file:
    for _ in range(18):
        file.write(b"x" * 2**20)
done(os.path.getsize("huge"))
