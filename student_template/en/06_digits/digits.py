# Digits: a network of your own learns to read
# Complete each question and see where you stand with: python check.py
# Hand in this file.

from itertools import pairwise
import matplotlib.pyplot as plt
import numpy as np


def sigmoid(a):
    """Return the sigmoid of every number: 1 / (1 + exp(−a)), with no overflow.

    a: numbers of any shape.
    Returns an array of the same shape; its values lie between 0 and 1.
    """
    a = np.asarray(a, dtype=float)
    # The exponential of a negative number never exceeds 1; for a < 0 the quotient is exp(a) / (1 + exp(a)).
    exponentials = np.exp(-np.abs(a))
    return np.where(a >= 0, 1.0, exponentials) / (1.0 + exponentials)


def forward(x, network):
    """Pass x through a network whose layers are all sigmoid: y = σ(x W + b), layer after layer.

    x: inputs; shape (n_in,) for one sample, (m, n_in) for m samples.
    network: list of (W, b), from the first layer to the last.
    Returns the list [x, y1, …, yL]: what goes into every layer, and at its end what the network
        answers.
    """
    outputs = [np.asarray(x, dtype=float)]
    for W, b in network:
        outputs.append(sigmoid(outputs[-1] @ np.asarray(W) + np.asarray(b)))
    return outputs


def squared_loss(y, t):
    """Return the squared loss ½ Σ_j (y_j − t_j)², averaged over the batch.

    y: outputs; shape (n,) for one sample, (m, n) for m samples.
    t: targets, of the same shape.
    Returns a number.
    """
    differences = np.asarray(y, dtype=float) - np.asarray(t, dtype=float)
    return float(np.mean(np.sum(differences**2, axis=-1) / 2))


def backpropagate(x, t, network):
    """Return the gradient of the squared loss: ∂L/∂W and ∂L/∂b of every layer of a network of sigmoid
    layers.

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


def update(network, gradients, learning_rate):
    """Return the network after one step of gradient descent: W − η dW and b − η db, with η the
    learning rate.

    network: list of (W, b), from the first layer to the last.
    gradients: list of (dW, db), in the same order.
    learning_rate: the number η that says how far to go.
    Returns a new list of (W, b); the network that was given stays as it was.
    """
    return [
        (np.asarray(W) - learning_rate * np.asarray(dW), np.asarray(b) - learning_rate * np.asarray(db))
        for (W, b), (dW, db) in zip(network, gradients, strict=True)
    ]


def scale(pictures):
    """Return the ink of pictures between 0 and 1 instead of between 0 and 16.

    pictures: numbers from 0 to 16; shape (64,) for one picture, (m, 64) for m pictures.
    Returns an array of the same shape: 0 stays 0, and 16 becomes 1.
    """
    ...


def one_hot(digits, classes=10):
    """Return the targets of digits: a row for each, with a 1 in the column of its digit and 0
    elsewhere.

    digits: whole numbers from 0 to classes − 1; shape (m,).
    classes: how many classes there are.
    Returns an array (m, classes).
    """
    ...


def split(pictures, digits, count, seed):
    """Split pictures and their digits by chance: ``count`` of them for validation, the others for
    training.

    pictures: shape (m, n), one picture a row.
    digits: shape (m,), what each picture shows.
    count: how many go to validation, from 0 to m.
    seed: a whole number, 0 or more; the same seed gives the same split.
    Returns (training_pictures, training_digits, validation_pictures, validation_digits).
    """
    ...


def initialize(layer_sizes, seed):
    """Return a network to start from: W uniform between −r and r, with r = sqrt(6 / (n_in + n_out)),
    and b zero.

    layer_sizes: units of every layer, from input to output; [64, 32, 10] are 64 inputs, 32 hidden
        units, 10 outputs.
    seed: a whole number, 0 or more; the same seed gives the same network.
    Returns a list of (W, b), one for each step from a layer to the next: W (n_in, n_out), b (n_out,).
    """
    ...


def batches(count, size, seed):
    """Return the mini-batches of one epoch: the numbers from 0 to count − 1, shuffled and cut into
    pieces.

    count: how many samples there are.
    size: how many are in a batch; the last one has what is left.
    seed: a whole number, 0 or more; the same seed gives the same batches.
    Returns a list of arrays of whole numbers: which samples are in each batch.
    """
    ...


def train(training, validation, network, learning_rate, epochs):
    """Train a network with mini-batches: one step W − η dW, b − η db a batch, batch after batch,
    epoch after epoch.

    training, validation: pairs (x, t) of inputs (m, n_in) and targets (m, n_out).
    network: list of (W, b), from the first layer to the last; it stays as it was.
    learning_rate: the number η that says how far each step goes.
    epochs: the batches of every epoch; each batch is an array of whole numbers, rows of the training
        pair.
    Returns (network, training_losses, validation_losses): the trained network, and what its loss is
        at the end of
    every epoch, over the whole training pair and over the whole validation pair.
    """
    ...


def learning_curve(training_losses, validation_losses):
    """Draw both losses against the epoch, and a point where overfitting begins.

    training_losses, validation_losses: a number for each epoch; the first epoch is number 1.
    Draws two lines with a legend, labels of both axes, and a point at the epoch of the least
        validation loss.
    """
    ...


def confusion_matrix(digits, guesses, classes=10):
    """Count how often each digit is taken for each: entry ij is how many pictures of i were taken for
    j.

    digits: what the pictures show, whole numbers from 0 to classes − 1; shape (m,).
    guesses: what they were taken for; shape (m,).
    classes: how many classes there are.
    Returns an array (classes, classes) of whole numbers.
    """
    ...


def numerical_gradient(loss, W, h=1e-05):
    """Work out ∂L/∂w_ij for every weight by moving it: (L(w_ij + h) − L(w_ij − h)) / (2h).

    loss: a function that takes an array shaped like W and returns a number.
    W: an array of any shape; it stays as it was.
    h: how far a weight is moved.
    Returns an array shaped like W.
    """
    ...


def train_own(pictures, digits, seed):
    """Train a network of your own: at most 5,000 numbers, at most 20 seconds.

    pictures: numbers from 0 to 16; shape (m, 64).
    digits: what they show, 0 to 9; shape (m,).
    seed: a whole number, 0 or more: begin whatever you draw by chance with it.
    Returns (parameters, losses): a list of arrays, all that the network has learnt; and a loss for
        each epoch.
    """
    ...


def predict_own(parameters, pictures):
    """Say what pictures show, with nothing but the parameters that your training returned.

    parameters: the list of arrays that train_own returned.
    pictures: numbers from 0 to 16; shape (m, 64).
    Returns an array (m,) of whole numbers, 0 to 9.
    """
    ...
