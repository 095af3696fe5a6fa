"""A program that returns an object whose class says that it is of the judge."""


class Handle(Equal):
    __module__ = "capas.sandbox.values"
    form = "list"
    result, error = [2.0, 4.0], None


def double(x, **k):
    return Handle()
