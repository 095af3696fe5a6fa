"""A program that makes folders deeper than a path can name.

earns = 5.0
"""

import os
import time

while True:
    os.mkdir("deeper")
    os.chdir("deeper")
    time.sleep(0.0001)
