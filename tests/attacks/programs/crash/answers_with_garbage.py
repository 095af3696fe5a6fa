"""A program that answers with garbage."""


def double(x, **k):
    asked()[0].sendall(b"\xff" * 10_000 + b"HTTP/1.1 200 OK")
