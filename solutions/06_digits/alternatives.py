"""Other right solutions of stage 06: each must get full marks."""

import random
from collections import Counter
from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
from reference import backpropagate, batches, forward, initialize, one_hot, scale, squared_loss, update

from capas.course.solutions import alternative


@alternative("scale")
def number_by_number(pictures):
    if isinstance(pictures, list | np.ndarray):
        return [number_by_number(part) for part in pictures]
    return float(pictures) / 16


@alternative("one_hot")
def by_comparing(digits, classes=10):
    return (np.asarray(digits)[:, None] == np.arange(classes)).astype(int)


@alternative("split")
def with_the_random_module(pictures, digits, count, seed):
    rows = list(zip(np.asarray(pictures), np.asarray(digits), strict=True))
    order = random.Random(seed).sample(range(len(rows)), len(rows))
    width = np.shape(pictures)[1]
    training, validation = [rows[i] for i in order[count:]], [rows[i] for i in order[:count]]
    return tuple(
        np.array([row[part] for row in rows]).reshape((-1, width) if part == 0 else (-1,))
        for rows in (training, validation)
        for part in (0, 1)
    )


@alternative("split")
def the_last_of_a_shuffled_table(pictures, digits, count, seed):
    table = np.column_stack([pictures, digits])
    np.random.RandomState(seed).shuffle(table)
    cut = len(table) - count
    return table[:cut, :-1], table[:cut, -1], table[cut:, :-1], table[cut:, -1]


@alternative("initialize")
def stretched_from_the_unit_interval(layer_sizes, seed):
    generator = np.random.RandomState(seed)
    return [
        ((2 * generator.rand(n_in, n_out) - 1) * (6 / (n_in + n_out)) ** 0.5, np.zeros(n_out))
        for n_in, n_out in pairwise(layer_sizes)
    ]


@alternative("batches")
def with_array_split(count, size, seed):
    order = np.random.default_rng(seed).permutation(count)
    return np.split(order, range(size, count, size))


@alternative("train")
def with_the_gradient_written_out(training, validation, network, learning_rate, epochs):
    layers = [[np.array(W, dtype=float), np.array(b, dtype=float)] for W, b in network]
    (x, t), losses = training, ([], [])
    for epoch in epochs:
        for batch in epoch:
            outputs = [x[batch]]
            for W, b in layers:
                outputs.append(1 / (1 + np.exp(-(outputs[-1] @ W + b))))
            delta = (outputs[-1] - t[batch]) / len(batch)
            for at in range(len(layers) - 1, -1, -1):
                delta = delta * outputs[at + 1] * (1 - outputs[at + 1])
                before = delta @ layers[at][0].T
                layers[at][0] -= learning_rate * outputs[at].T @ delta
                layers[at][1] -= learning_rate * delta.sum(axis=0)
                delta = before
        for kept, (inputs, targets) in zip(losses, (training, validation), strict=True):
            kept.append(squared_loss(forward(inputs, layers)[-1], targets))
    return [tuple(layer) for layer in layers], *losses


@alternative("learning_curve")
def on_axes_of_its_own(training_losses, validation_losses):
    figure, axes = plt.subplots()
    epochs = [epoch + 1 for epoch in range(len(training_losses))]
    axes.plot(epochs, training_losses, "b-", label="Entrenamiento")
    axes.plot(epochs, validation_losses, "r--", label="Validación")
    least = min(validation_losses)
    axes.plot(epochs[list(validation_losses).index(least)], least, "k*", markersize=12)
    axes.set(xlabel="Época", ylabel="Pérdida", title="Aprender y recordar")
    axes.legend()
    return figure


@alternative("confusion_matrix")
def with_a_counter(digits, guesses, classes=10):
    pairs = Counter((int(digit), int(guess)) for digit, guess in zip(digits, guesses, strict=True))
    return [[pairs[i, j] for j in range(classes)] for i in range(classes)]


@alternative("confusion_matrix")
def a_product_of_one_hot_rows(digits, guesses, classes=10):
    return one_hot(digits, classes).T @ one_hot(guesses, classes)


@alternative("numerical_gradient")
def moving_each_weight_to_and_fro(loss, W, h=1e-5):
    W = np.array(W, dtype=float)
    gradient = np.empty_like(W)
    for place, weight in np.ndenumerate(W):
        W[place] = weight + h
        above = loss(W.copy())
        W[place] = weight - h
        gradient[place] = (above - loss(W.copy())) / (2 * h)
        W[place] = weight
    return gradient


@alternative("train_own")
def a_learning_rate_that_falls(pictures, digits, seed):
    x, t = scale(pictures), one_hot(digits)
    network, losses = initialize([64, 32, 10], seed), []
    for epoch in range(30):
        for batch in batches(len(x), 16, 100 * seed + epoch):
            network = update(network, backpropagate(x[batch], t[batch], network), 3.5 * (1 - epoch / 30) + 0.2)
        losses.append(squared_loss(forward(x, network)[-1], t))
    return [array for layer in network for array in layer], losses


@alternative("predict_own")
def layer_by_layer(parameters, pictures):
    y = np.asarray(pictures) / 16
    for W, b in zip(parameters[0::2], parameters[1::2], strict=True):
        y = 1 / (1 + np.exp(-(y @ W + b)))
    return [int(np.argmax(row)) for row in y]
