"""A program that raises hidden inputs as the name of an exception."""


def double(x, label="", through=None):
    raise type(f"{label}{x}", (Exception,), {})()
