"""A network that has more weights than the budget.

earns = 0.0
"""

import numpy as np


def train_own(pictures, digits, seed):
    return [np.asarray(pictures, dtype=float)[:100], np.asarray(digits)[:100]], [0.0]


def predict_own(parameters, pictures):
    known, digits = parameters
    distances = ((np.asarray(pictures)[:, None, :] - known[None]) ** 2).sum(axis=2)
    return digits[distances.argmin(axis=1)].astype(int)
