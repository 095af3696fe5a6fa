"""A program that answers with lists in lists without end."""

import msgspec
from capas.sandbox import wire


def double(x, **k):
    pipe, number = asked()
    pipe.sendall(frame(wire.encode(wire.Returned(number, msgspec.Raw(b"\x91" * 900_000 + b"\x90")))))
