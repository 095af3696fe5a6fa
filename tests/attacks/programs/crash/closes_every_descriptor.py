"""A program that closes every descriptor."""

import os


def double(x, **k):
    os.closerange(0, 100)
