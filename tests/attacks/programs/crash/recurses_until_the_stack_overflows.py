"""A program that recurses until the stack overflows."""

import sys

sys.setrecursionlimit(10**9)


def deeper(x):
    return [deeper(x)]


def double(x, **k):
    return max(map(double, [x]))
