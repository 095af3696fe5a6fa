"""A program that answers with a text of fifty megabytes as its error."""

from capas.sandbox import wire


def double(x, **k):
    pipe, number = asked()
    pipe.sendall(frame(wire.encode(wire.Raised(number, "x" * 10**7, "x" * 4 * 10**7))))
