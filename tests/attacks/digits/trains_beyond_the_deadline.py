"""A network that trains beyond the deadline.

earns = 0.0
"""

import numpy as np


def train_own(pictures, digits, seed):
    weights = np.zeros((64, 10))
    while True:
        weights += 1e-3 * np.asarray(pictures).T @ (np.eye(10)[np.asarray(digits)] - 0.1)


def predict_own(parameters, pictures):
    return np.argmax(np.asarray(pictures) @ parameters[0], axis=1)
