"""A program that claims that its array has a terabyte."""

import msgspec
from capas.sandbox import wire


def double(x, **k):
    pipe, number = asked()
    array = msgspec.msgpack.Ext(wire.ARRAY, msgspec.msgpack.encode(["<f8", [2**37], b"12345678"]))
    pipe.sendall(frame(wire.encode(wire.Returned(number, array))))
