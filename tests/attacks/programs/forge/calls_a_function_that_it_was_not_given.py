"""A program that answers by calling a function that it was not given."""

from capas.sandbox import wire


def double(x, **k):
    pipe, number = asked()
    for function in (0, 7, -1):
        pipe.sendall(frame(wire.encode(wire.CallBack(1, function, [], {}))))
