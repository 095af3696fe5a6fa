"""A program that answers with twenty million empty lists."""

import msgspec
import struct
from capas.sandbox import wire


def double(x, **k):
    pipe, number = asked()
    count = 20 * 10**6
    lists = b"\xdd" + struct.pack("!I", count) + b"\x90" * count
    pipe.sendall(frame(wire.encode(wire.Returned(number, msgspec.Raw(lists)))))
