"""A program that loops for ever and swallows exceptions.

hangs = true
"""


def double(x, **k):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
