"""A program that makes folders that nobody may open.

earns = 5.0
"""

import os

for number in range(5):
    os.mkdir(str(number), 0)
os.umask(0o777)
open("closed", "w").close()
