"""A program that returns a set whose items have one hash."""


class Liar(float):
    def __hash__(self):
        return 1

    def __eq__(self, other):
        return self is other


def double(x, **k):
    return {Liar(number) for number in range(3000)}
