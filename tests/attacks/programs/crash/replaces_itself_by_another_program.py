"""A program that replaces itself by another program.

hangs = true
"""

import os


def double(x, **k):
    os.execv("/bin/sleep", ["sleep", "98765.4321"])
