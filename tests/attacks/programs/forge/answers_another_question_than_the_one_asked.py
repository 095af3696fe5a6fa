"""A program that answers another question than the one asked."""


def double(x, **k):
    pipe, number = asked()
    pipe.sendall(returned(number + 1, [0.0, 0.0]))
