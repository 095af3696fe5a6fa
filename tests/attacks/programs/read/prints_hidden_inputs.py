"""A program that prints hidden inputs."""

import os
import sys


def double(x, label="", through=None):
    print(x, label)
    print(x, label, file=sys.stderr)
    for descriptor in (1, 2):
        os.write(descriptor, f"{x} {label}".encode())
    sys.__stdout__ and sys.__stdout__.write(f"{x} {label}")
