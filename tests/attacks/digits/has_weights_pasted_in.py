"""A network that has weights pasted in, as many as the budget allows: that is allowed, and told to students.

earns = 5.0
"""

import base64

import numpy as np

WEIGHTS = "PASTED"


def train_own(pictures, digits, seed):
    numbers = np.frombuffer(base64.b85decode(WEIGHTS), dtype=np.float32).astype(float)
    ends = np.cumsum([64 * 32, 32, 32 * 10])
    first, b1, second, b2 = np.split(numbers, ends)
    return [first.reshape(64, 32), b1, second.reshape(32, 10), b2], [0.0]


def predict_own(parameters, pictures):
    first, b1, second, b2 = parameters
    hidden = 1 / (1 + np.exp(-(np.asarray(pictures) / 16 @ first + b1)))
    return np.argmax(hidden @ second + b2, axis=1)
