"""A program that interrupts the judge."""

import unittest


def double(x, **k):
    raise KeyboardInterrupt
