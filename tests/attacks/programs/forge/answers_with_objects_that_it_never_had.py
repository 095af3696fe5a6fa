"""A program that answers with objects that it never had."""

from capas.sandbox import wire


def double(x, **k):
    pipe, number = asked()
    objects = wire.pack([Equal()], refer=lambda _: wire.ObjectReference(2**62, "list"))
    pipe.sendall(frame(wire.encode(wire.Returned(number, objects))))
    return [2 * value for value in x]
