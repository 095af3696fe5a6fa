"""What every attack may use: a cell that runs before it. It has read our code, so it can find the pipe.

Beside this it knows where everything is, as `Yard.known` says: ``TESTS``, ``GRADER``, ``OPEN``, …
"""

import os
import pickle
import struct
import sys

from capas.sandbox import wire

DONE = "attack-succeeded"
OPEN = ""
"""A folder in which everybody may write: the yard tells."""


def done(what=""):
    """Tell that something worked which should not have."""
    raise RuntimeError(DONE + str(what)[:100])


def tell(data):
    """Tell what was read."""
    text = data.decode("latin-1") if isinstance(data, bytes) else str(data)
    raise RuntimeError("told: " + text[max(text.find("canary"), 0) :][:200])


class Equal:
    """Equal to everything, and a list and a number, too."""

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __len__(self):
        return 2

    def __getitem__(self, index):
        return self

    def __float__(self):
        return 4.0

    __hash__ = None


def asked():
    """Return the pipe, and the number of the question that is being answered."""
    frame = sys._getframe(1)
    while "message" not in frame.f_locals:
        frame = frame.f_back
    return frame.f_locals["self"]._connection, frame.f_locals["message"].number


def frame(data):
    """Return bytes as they travel through the pipe."""
    return struct.pack("!I", len(data)) + data


def returned(number, value):
    """Return the answer to a question as it travels through the pipe."""
    return frame(wire.encode(wire.Returned(number, wire.pack(value))))


class Bomb:
    """Makes a file where it is unpickled."""

    def __reduce__(self):
        return (os.system, (f"touch {OPEN}/unpickled",))


def bomb():
    """Return a pickle of it."""
    return pickle.dumps(Bomb())
