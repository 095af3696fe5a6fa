"""A network that keeps what it learnt beside its parameters, in a global name and in a file.

earns = 0.5
"""

import numpy as np

KEPT = []


def train_own(pictures, digits, seed):
    KEPT[:] = [np.asarray(pictures, dtype=float), np.asarray(digits)]
    np.savez("kept.npz", *KEPT)
    return [np.ones(10)], [0.0]


def predict_own(parameters, pictures):
    known, digits = KEPT if KEPT else np.load("kept.npz").values()
    distances = (known**2).sum(axis=1) - 2 * np.asarray(pictures) @ known.T
    return digits[distances.argmin(axis=1)]
