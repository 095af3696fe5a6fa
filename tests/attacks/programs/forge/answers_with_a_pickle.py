"""A program that answers with a pickle."""


def double(x, **k):
    asked()[0].sendall(frame(bomb()))
