"""A program that answers with an array of objects that is a pickle."""

import msgspec
from capas.sandbox import wire


def double(x, **k):
    pipe, number = asked()
    array = msgspec.msgpack.Ext(wire.ARRAY, msgspec.msgpack.encode(["|O", [1], bomb()]))
    pipe.sendall(frame(wire.encode(wire.Returned(number, array))))
