"""A program that raises the end of a generator."""

import unittest


def double(x, **k):
    raise GeneratorExit
