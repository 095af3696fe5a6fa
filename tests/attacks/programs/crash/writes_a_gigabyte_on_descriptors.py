"""A program that writes a gigabyte on the descriptors of standard output.

earns = 5.0
"""

import os

text = b"x" * 10**7
for _ in range(20):
    for descriptor in (1, 2):
        os.write(descriptor, text)
