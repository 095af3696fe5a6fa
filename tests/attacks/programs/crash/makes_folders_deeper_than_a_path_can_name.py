"""A program that makes folders deeper than a path can name.

keeps = false
"""

import os
import time

while True:
    os.mkdir("deeper")
    os.chdir("deeper")
    time.sleep(0.0001)
