"""A program that makes folders fifteen hundred levels deep.

earns = 5.0
"""

import os

for _ in range(1500):
    os.mkdir("d")
    os.chdir("d")
