"""A program that claims that its answer has four gigabytes."""

import struct


def double(x, **k):
    asked()[0].sendall(struct.pack("!I", 2**32 - 1))
