"""A program that returns an object that turns into another array each time it is asked."""

import numpy as np


class Chameleon:
    times = 0

    def __array__(self, *a, **k):
        Chameleon.times += 1
        return np.full(2, float(self.times))


def double(x, **k):
    return Chameleon()
