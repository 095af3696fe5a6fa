"""A program that says that it has functions of other names.

keeps = false
"""

from capas.sandbox import wire

pipe, number = asked()
names = ["double", "shift", "__builtins__", "call", "test_case", "__class__", "", "\0"]
pipe.sendall(frame(wire.encode(wire.Loaded(number, names, names, []))))


def double(x, **k):
    return None
