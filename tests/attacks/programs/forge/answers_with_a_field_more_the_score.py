"""A program that answers with a field more, the score."""

import msgspec


def double(x, **k):
    pipe, number = asked()
    pipe.sendall(frame(msgspec.msgpack.encode({"type": "returned", "number": number, "value": [2.0, 4.0], "score": 5})))
