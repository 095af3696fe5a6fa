"""A program that aborts."""

import os


def double(x, **k):
    os.abort()
