"""Trains the network of the explorable on the stage's public pictures and writes it to `weights.js`.

    python assignments/06_digits/explorables/train_weights.py

The network is 64-32-10: ReLU, then softmax, trained with cross-entropy, mini-batches and momentum. Hands that draw on
a screen are less steady than those of the data, so that each epoch sees every picture turned, leaning, moved and
inked a little otherwise. It takes some seconds; the same seed gives the same file.
"""

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).parent
DATA, WEIGHTS = HERE.parent / "data" / "digits.csv", HERE / "weights.js"
SIZES, SEED, EPOCHS, BATCH, RATE, MOMENTUM, DECAY = (64, 32, 10), 6, 80, 32, 0.1, 0.9, 1e-4
VALIDATION = 0.2
UNIT = 1 / 64
"""Weights are written as whole numbers of this size: two digits are enough, and make a small file."""

Network = list[tuple[NDArray, NDArray]]


def read_digits(path: Path = DATA) -> tuple[NDArray, NDArray]:
    """Return pictures (m, 64), scaled to 0..1, and their labels (m,)."""
    table = np.loadtxt(path, delimiter=",", skiprows=1)
    return table[:, :64] / 16, table[:, 64].astype(int)


def forward(pictures: NDArray, network: Network) -> list[NDArray]:
    """Return the pictures, what the hidden layer makes of them, and the probabilities of the ten digits."""
    (W1, b1), (W2, b2) = network
    hidden = np.maximum(pictures @ W1 + b1, 0)
    sums = hidden @ W2 + b2
    powers = np.exp(sums - sums.max(axis=1, keepdims=True))
    return [pictures, hidden, powers / powers.sum(axis=1, keepdims=True)]


def gradients(pictures: NDArray, targets: NDArray, network: Network) -> Network:
    """Return the derivatives of the mean cross-entropy by weights and biases."""
    _, hidden, probabilities = forward(pictures, network)
    delta = (probabilities - targets) / len(pictures)
    hidden_delta = (delta @ network[1][0].T) * (hidden > 0)
    return [(pictures.T @ hidden_delta, hidden_delta.sum(axis=0)), (hidden.T @ delta, delta.sum(axis=0))]


def otherwise(pictures: NDArray, generator: np.random.Generator) -> NDArray:
    """Return each picture turned, leaning, stretched, moved and inked a little otherwise."""
    count, side = len(pictures), 8
    angle, lean, width, height, right, down, ink = (
        generator.uniform(-most, most, (count, 1)) for most in (0.15, 0.2, 0.12, 0.04, 0.5, 0.15, 0.15)
    )
    y, x = (place.ravel() - 3.5 for place in np.mgrid[:side, :side])
    # Where each place of the new picture lies in the old one, with a margin of two empty cells around that.
    column = (1 + width) * np.cos(angle) * x + (lean - np.sin(angle)) * y + 3.5 + right + 2
    row = np.sin(angle) * x + (1 + height) * np.cos(angle) * y + 3.5 + down + 2
    wide = np.pad(pictures.reshape(-1, side, side), ((0, 0), (2, 2), (2, 2)))
    column, row = np.clip(column, 0, side + 2.99), np.clip(row, 0, side + 2.99)
    left, top, number = column.astype(int), row.astype(int), np.arange(count)[:, None]
    part, lower = column - left, row - top
    above = (1 - part) * wide[number, top, left] + part * wide[number, top, left + 1]
    below = (1 - part) * wide[number, top + 1, left] + part * wide[number, top + 1, left + 1]
    return np.clip(((1 - lower) * above + lower * below) * (1 + ink), 0, 1)


def train(pictures: NDArray, labels: NDArray) -> Network:
    """Return the network trained on these pictures."""
    generator = np.random.default_rng(SEED)
    network = [
        (generator.normal(0, np.sqrt(2 / n_in), (n_in, n_out)), np.zeros(n_out)) for n_in, n_out in pairwise(SIZES)
    ]
    speeds = [(np.zeros_like(W), np.zeros_like(b)) for W, b in network]
    targets = np.eye(10)[labels]
    for epoch in range(EPOCHS):
        order, seen = generator.permutation(len(pictures)), otherwise(pictures, generator)
        rate = RATE * (1 - epoch / EPOCHS)
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            steps = gradients(seen[batch], targets[batch], network)
            for (W, b), (speed_W, speed_b), (dW, db) in zip(network, speeds, steps, strict=True):
                speed_W[:] = MOMENTUM * speed_W - rate * (dW + DECAY * W)
                speed_b[:] = MOMENTUM * speed_b - rate * db
                W += speed_W
                b += speed_b
    return network


def rounded(network: Network) -> list[tuple[NDArray, NDArray]]:
    """Return the network in whole numbers of `UNIT`."""
    return [(np.rint(W / UNIT).astype(int), np.rint(b / UNIT).astype(int)) for W, b in network]


def accuracy(network: Network, pictures: NDArray, labels: NDArray) -> float:
    """Return the part of the pictures that the network reads right."""
    return float(np.mean(forward(pictures, network)[-1].argmax(axis=1) == labels))


def trained() -> tuple[list[tuple[NDArray, NDArray]], float]:
    """Return the network in whole numbers of `UNIT`, and its accuracy on pictures that it was not trained on."""
    pictures, labels = read_digits()
    order = np.random.default_rng(SEED).permutation(len(labels))
    validation, training = np.split(order, [int(VALIDATION * len(order))])
    whole = rounded(train(pictures[training], labels[training]))
    network = [(W * UNIT, b * UNIT) for W, b in whole]
    return whole, accuracy(network, pictures[validation], labels[validation])


def written(whole: list[tuple[NDArray, NDArray]], right: float) -> str:
    """Return the text of the module with the network."""
    layers = [{"W": W.tolist(), "b": b.tolist()} for W, b in whole]
    return (
        "// Written by train_weights.py: the weights of the network 64-32-10, in whole numbers of `unit`,\n"
        "// and its accuracy on the validation pictures.\n\n"
        f"export const unit = {UNIT};\nexport const accuracy = {right:.4f};\n"
        f"export const layers = {json.dumps(layers, separators=(',', ':'))};\n"
    )


if __name__ == "__main__":
    whole, right = trained()
    WEIGHTS.write_text(written(whole, right), encoding="utf-8")
    print(f"{WEIGHTS.name}: {right:.1%} of the validation pictures right")
