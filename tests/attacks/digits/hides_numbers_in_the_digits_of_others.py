"""A network that hides numbers in others: lists of lists, and whole numbers without end, instead of arrays.

earns = 0.0
"""

import numpy as np


def train_own(pictures, digits, seed):
    many = int.from_bytes(np.asarray(pictures, dtype=np.uint8).tobytes(), "little")
    return [[many]], [0.0]


def predict_own(parameters, pictures):
    return np.zeros(len(pictures), dtype=int)
