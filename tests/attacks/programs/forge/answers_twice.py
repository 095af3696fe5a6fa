"""A program that answers twice."""


def double(x, **k):
    pipe, number = asked()
    pipe.sendall(returned(number, [0.0, 0.0]))
    return [1.0, 1.0]
