"""A program that answers with a million warnings."""

from capas.sandbox import wire


def double(x, **k):
    pipe, number = asked()
    pipe.sendall(frame(wire.encode(wire.Returned(number, 1, {}, [("RuntimeWarning", "x" * 20)] * 300_000))))
