"""A program that answers with hidden inputs as the name of its error."""

from capas.sandbox import wire


def double(x, label="", through=None):
    pipe, number = asked()
    pipe.sendall(frame(wire.encode(wire.Raised(number, f"{x}{label}", f"{x}{label}", unsendable=bool(label)))))
