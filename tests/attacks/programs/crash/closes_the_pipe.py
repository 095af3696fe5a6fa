"""A program that closes the pipe."""


def double(x, **k):
    asked()[0].close()
