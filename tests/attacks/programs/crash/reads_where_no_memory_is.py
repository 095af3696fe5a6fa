"""A program that reads where no memory is."""

import ctypes


def double(x, **k):
    ctypes.string_at(0)
