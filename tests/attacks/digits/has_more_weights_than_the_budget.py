"""A network that has more weights than the budget.

earns = 0.0
"""

import numpy as np


def train_own(pictures, digits, seed):
    return [np.asarray(pictures, dtype=float)[:100], np.asarray(digits)[:100]], [0.0]


def predict_own(parameters, pictures):
    known, digits = parameters
    distances = (known**2).sum(axis=1) - 2 * np.asarray(pictures) @ known.T
    return digits[distances.argmin(axis=1)].astype(int)
