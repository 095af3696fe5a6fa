"""Reference solution of stage 06: from pictures of digits to a network of one's own that reads them.

After the lecture: a network learns from real data, and is tried on what it has not seen.
"""

from collections.abc import Callable
from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import ArrayLike, NDArray


def sigmoid(a: ArrayLike) -> NDArray:
    """Return the sigmoid of every number: 1 / (1 + exp(−a)), with no overflow.

    a: numbers of any shape.
    Returns an array of the same shape; its values lie between 0 and 1.
    """
    a = np.asarray(a, dtype=float)
    # The exponential of a negative number never exceeds 1; for a < 0 the quotient is exp(a) / (1 + exp(a)).
    exponentials = np.exp(-np.abs(a))
    return np.where(a >= 0, 1.0, exponentials) / (1.0 + exponentials)


def forward(x: ArrayLike, network: list[tuple[NDArray, NDArray]]) -> list[NDArray]:
    """Pass x through a network whose layers are all sigmoid: y = σ(x W + b), layer after layer.

    x: inputs; shape (n_in,) for one sample, (m, n_in) for m samples.
    network: list of (W, b), from the first layer to the last.
    Returns the list [x, y1, …, yL]: what goes into every layer, and at its end what the network answers.
    """
    outputs = [np.asarray(x, dtype=float)]
    for W, b in network:
        outputs.append(sigmoid(outputs[-1] @ np.asarray(W) + np.asarray(b)))
    return outputs


def squared_loss(y: ArrayLike, t: ArrayLike) -> float:
    """Return the squared loss ½ Σ_j (y_j − t_j)², averaged over the batch.

    y: outputs; shape (n,) for one sample, (m, n) for m samples.
    t: targets, of the same shape.
    Returns a number.
    """
    differences = np.asarray(y, dtype=float) - np.asarray(t, dtype=float)
    return float(np.mean(np.sum(differences**2, axis=-1) / 2))


def backpropagate(x: ArrayLike, t: ArrayLike, network: list[tuple[NDArray, NDArray]]) -> list[tuple[NDArray, NDArray]]:
    """Return the gradient of the squared loss: ∂L/∂W and ∂L/∂b of every layer of a network of sigmoid layers.

    x: inputs; shape (m, n_in).
    t: targets; shape (m, n_out).
    network: list of (W, b), from the first layer to the last.
    Returns a list of (dW, db), one a layer, from the first to the last, each shaped like its (W, b).
    """
    outputs = forward(x, network)
    y = outputs[-1]
    delta = (y - np.asarray(t)) * y * (1 - y)
    gradients = []
    for layer in reversed(range(len(network))):
        y = outputs[layer]  # what goes into this layer: the output of the one before
        gradients.insert(0, (y.T @ delta / len(y), delta.mean(axis=0)))
        delta = delta @ np.asarray(network[layer][0]).T * y * (1 - y)
    return gradients


def update(
    network: list[tuple[NDArray, NDArray]],
    gradients: list[tuple[NDArray, NDArray]],
    learning_rate: float,
) -> list[tuple[NDArray, NDArray]]:
    """Return the network after one step of gradient descent: W − η dW and b − η db, with η the learning rate.

    network: list of (W, b), from the first layer to the last.
    gradients: list of (dW, db), in the same order.
    learning_rate: the number η that says how far to go.
    Returns a new list of (W, b); the network that was given stays as it was.
    """
    return [
        (np.asarray(W) - learning_rate * np.asarray(dW), np.asarray(b) - learning_rate * np.asarray(db))
        for (W, b), (dW, db) in zip(network, gradients, strict=True)
    ]


def scale(pictures: ArrayLike) -> NDArray:
    """Return the ink of pictures between 0 and 1 instead of between 0 and 16.

    pictures: numbers from 0 to 16; shape (64,) for one picture, (m, 64) for m pictures.
    Returns an array of the same shape: 0 stays 0, and 16 becomes 1.
    """
    # BEGIN SOLUTION
    return np.asarray(pictures) / 16
    # END SOLUTION


def one_hot(digits: ArrayLike, classes: int = 10) -> NDArray:
    """Return the targets of digits: a row for each, with a 1 in the column of its digit and 0 elsewhere.

    digits: whole numbers from 0 to classes − 1; shape (m,).
    classes: how many classes there are.
    Returns an array (m, classes).
    """
    # BEGIN SOLUTION
    return np.eye(classes)[np.asarray(digits, dtype=int)]
    # END SOLUTION


def split(pictures: ArrayLike, digits: ArrayLike, count: int, seed: int) -> tuple[NDArray, NDArray, NDArray, NDArray]:
    """Split pictures and their digits by chance: ``count`` of them for validation, the others for training.

    pictures: shape (m, n), one picture a row.
    digits: shape (m,), what each picture shows.
    count: how many go to validation, from 0 to m.
    seed: a whole number, 0 or more; the same seed gives the same split.
    Returns (training_pictures, training_digits, validation_pictures, validation_digits).
    """
    # BEGIN SOLUTION
    pictures, digits = np.asarray(pictures), np.asarray(digits)
    order = np.random.default_rng(seed).permutation(len(digits))
    validation, training = order[:count], order[count:]
    return pictures[training], digits[training], pictures[validation], digits[validation]
    # END SOLUTION


def initialize(layer_sizes: list[int], seed: int) -> list[tuple[NDArray, NDArray]]:
    """Return a network to start from: W uniform between −r and r, with r = sqrt(6 / (n_in + n_out)), and b zero.

    layer_sizes: units of every layer, from input to output; [64, 32, 10] are 64 inputs, 32 hidden units, 10 outputs.
    seed: a whole number, 0 or more; the same seed gives the same network.
    Returns a list of (W, b), one for each step from a layer to the next: W (n_in, n_out), b (n_out,).
    """
    # BEGIN SOLUTION
    generator = np.random.default_rng(seed)
    network = []
    for n_in, n_out in pairwise(layer_sizes):
        bound = np.sqrt(6 / (n_in + n_out))
        network.append((generator.uniform(-bound, bound, size=(n_in, n_out)), np.zeros(n_out)))
    return network
    # END SOLUTION


def batches(count: int, size: int, seed: int) -> list[NDArray]:
    """Return the mini-batches of one epoch: the numbers from 0 to count − 1, shuffled and cut into pieces.

    count: how many samples there are.
    size: how many are in a batch; the last one has what is left.
    seed: a whole number, 0 or more; the same seed gives the same batches.
    Returns a list of arrays of whole numbers: which samples are in each batch.
    """
    # BEGIN SOLUTION
    order = np.random.default_rng(seed).permutation(count)
    return [order[start : start + size] for start in range(0, count, size)]
    # END SOLUTION


def train(
    training: tuple[NDArray, NDArray],
    validation: tuple[NDArray, NDArray],
    network: list[tuple[NDArray, NDArray]],
    learning_rate: float,
    epochs: list[list[NDArray]],
) -> tuple[list[tuple[NDArray, NDArray]], list[float], list[float]]:
    """Train a network with mini-batches: one step W − η dW, b − η db a batch, batch after batch, epoch after epoch.

    training, validation: pairs (x, t) of inputs (m, n_in) and targets (m, n_out).
    network: list of (W, b), from the first layer to the last; it stays as it was.
    learning_rate: the number η that says how far each step goes.
    epochs: the batches of every epoch; each batch is an array of whole numbers, rows of the training pair.
    Returns (network, training_losses, validation_losses): the trained network, and what its loss is at the end of
    every epoch, over the whole training pair and over the whole validation pair.
    """
    # BEGIN SOLUTION
    x, t = (np.asarray(array) for array in training)
    losses = []
    for epoch in epochs:
        for batch in epoch:
            network = update(network, backpropagate(x[batch], t[batch], network), learning_rate)
        losses.append(
            [squared_loss(forward(inputs, network)[-1], targets) for inputs, targets in (training, validation)]
        )
    return network, [both[0] for both in losses], [both[1] for both in losses]
    # END SOLUTION


def learning_curve(training_losses: ArrayLike, validation_losses: ArrayLike) -> None:
    """Draw both losses against the epoch, and a point where overfitting begins.

    training_losses, validation_losses: a number for each epoch; the first epoch is number 1.
    Draws two lines with a legend, labels of both axes, and a point at the epoch of the least validation loss.
    """
    # BEGIN SOLUTION
    epochs = np.arange(1, len(np.asarray(training_losses)) + 1)
    best = int(np.argmin(validation_losses))
    plt.plot(epochs, training_losses, label="training")
    plt.plot(epochs, validation_losses, label="validation")
    plt.scatter([epochs[best]], [np.asarray(validation_losses)[best]], color="black")
    plt.xlabel("epoch")
    plt.ylabel("loss")
    plt.legend()
    # END SOLUTION


def confusion_matrix(digits: ArrayLike, guesses: ArrayLike, classes: int = 10) -> NDArray:
    """Count how often each digit is taken for each: entry ij is how many pictures of i were taken for j.

    digits: what the pictures show, whole numbers from 0 to classes − 1; shape (m,).
    guesses: what they were taken for; shape (m,).
    classes: how many classes there are.
    Returns an array (classes, classes) of whole numbers.
    """
    # BEGIN SOLUTION
    counts = np.zeros((classes, classes), dtype=int)
    for digit, guess in zip(np.asarray(digits), np.asarray(guesses), strict=True):
        counts[digit, guess] += 1
    return counts
    # END SOLUTION


def numerical_gradient(loss: Callable[[NDArray], float], W: ArrayLike, h: float = 1e-5) -> NDArray:
    """Work out ∂L/∂w_ij for every weight by moving it: (L(w_ij + h) − L(w_ij − h)) / (2h).

    loss: a function that takes an array shaped like W and returns a number.
    W: an array of any shape; it stays as it was.
    h: how far a weight is moved.
    Returns an array shaped like W.
    """
    # BEGIN SOLUTION
    W = np.array(W, dtype=float)
    gradient = np.zeros(W.shape)
    for place in np.ndindex(W.shape):
        step = np.zeros(W.shape)
        step[place] = h
        gradient[place] = (loss(W + step) - loss(W - step)) / (2 * h)
    return gradient
    # END SOLUTION


def train_own(pictures: ArrayLike, digits: ArrayLike, seed: int) -> tuple[list[NDArray], list[float]]:
    """Train a network of your own: at most 5,000 numbers, at most 20 seconds.

    pictures: numbers from 0 to 16; shape (m, 64).
    digits: what they show, 0 to 9; shape (m,).
    seed: a whole number, 0 or more: begin whatever you draw by chance with it.
    Returns (parameters, losses): a list of arrays, all that the network has learnt; and a loss for each epoch.
    """
    # BEGIN SOLUTION
    x, t = np.asarray(pictures) / 16, np.eye(10)[np.asarray(digits)]
    generator, network, losses = np.random.default_rng(seed), [], []
    for n_in, n_out in ((64, 32), (32, 10)):
        bound = np.sqrt(6 / (n_in + n_out))
        network.append((generator.uniform(-bound, bound, size=(n_in, n_out)), np.zeros(n_out)))
    for _ in range(30):
        for batch in np.array_split(generator.permutation(len(x)), len(x) // 16 + 1):
            network = update(network, backpropagate(x[batch], t[batch], network), 2.5)
        losses.append(squared_loss(forward(x, network)[-1], t))
    return [array for layer in network for array in layer], losses
    # END SOLUTION


def predict_own(parameters: list[NDArray], pictures: ArrayLike) -> NDArray:
    """Say what pictures show, with nothing but the parameters that your training returned.

    parameters: the list of arrays that train_own returned.
    pictures: numbers from 0 to 16; shape (m, 64).
    Returns an array (m,) of whole numbers, 0 to 9.
    """
    # BEGIN SOLUTION
    network = list(zip(parameters[::2], parameters[1::2], strict=True))
    return np.argmax(forward(np.asarray(pictures) / 16, network)[-1], axis=1)
    # END SOLUTION
