"""Other right solutions of stage 06: each must get full marks."""

import itertools
import random
from collections import Counter
from functools import partial
from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from reference import (
    backpropagate,
    batches,
    forward,
    initialize,
    one_hot,
    scale,
    sigmoid,
    squared_loss,
    update,
)
from scipy import special

from capas.course.solutions import alternative


@alternative("scale")
def number_by_number(pictures):
    if isinstance(pictures, list | np.ndarray):
        return [number_by_number(part) for part in pictures]
    return float(pictures) / 16


@alternative("scale")
def sixteenths(pictures):
    return np.multiply(pictures, 0.0625)


@alternative("scale")
def by_interpolation(pictures):
    return np.interp(pictures, [0, 16], [0, 1])


@alternative("scale")
def from_a_table_of_greys(pictures):
    return np.linspace(0, 1, 17)[np.asarray(pictures).astype(int)]


@alternative("one_hot")
def by_comparing(digits, classes=10):
    return (np.asarray(digits)[:, None] == np.arange(classes)).astype(int)


@alternative("one_hot")
def row_by_row(digits, classes=10):
    return [[1.0 if digit == column else 0.0 for column in range(classes)] for digit in digits]


@alternative("one_hot")
def put_where_they_belong(digits, classes=10):
    targets = np.zeros((len(digits), classes))
    np.put_along_axis(targets, np.asarray(digits)[:, None], 1.0, axis=1)
    return targets


@alternative("one_hot")
def by_places_in_one_long_row(digits, classes=10):
    targets = np.zeros(len(digits) * classes)
    targets[np.arange(len(digits)) * classes + np.asarray(digits)] = 1
    return targets.reshape(len(digits), classes)


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


@alternative("split")
def with_a_mask(pictures, digits, count, seed):
    pictures, digits = np.array(pictures), np.array(digits)
    chosen = np.zeros(len(digits), dtype=bool)
    chosen[np.random.default_rng(seed).choice(len(digits), size=count, replace=False)] = True
    return pictures[~chosen], digits[~chosen], pictures[chosen], digits[chosen]


@alternative("split")
def in_the_order_of_random_numbers(pictures, digits, count, seed):
    pictures, digits = np.array(pictures), np.array(digits)
    validation, training = np.split(np.argsort(np.random.default_rng(seed).random(len(digits))), [count])
    return pictures[training], digits[training], pictures[validation], digits[validation]


@alternative("initialize")
def stretched_from_the_unit_interval(layer_sizes, seed):
    generator = np.random.RandomState(seed)
    return [
        ((2 * generator.rand(n_in, n_out) - 1) * (6 / (n_in + n_out)) ** 0.5, np.zeros(n_out))
        for n_in, n_out in pairwise(layer_sizes)
    ]


@alternative("initialize")
def number_by_number_from_the_random_module(layer_sizes, seed):
    generator, network = random.Random(seed), []
    for layer in range(1, len(layer_sizes)):
        n_in, n_out = layer_sizes[layer - 1], layer_sizes[layer]
        r = (6 / (n_in + n_out)) ** 0.5
        W = [[generator.uniform(-r, r) for _ in range(n_out)] for _ in range(n_in)]
        network.append((np.array(W), np.array([0.0] * n_out)))
    return network


@alternative("initialize")
def a_generator_for_each_layer(layer_sizes, seed):
    children = np.random.SeedSequence(seed).spawn(len(layer_sizes) - 1)
    network = []
    for child, sizes in zip(children, pairwise(layer_sizes), strict=True):
        W = np.random.default_rng(child).uniform(-1, 1, sizes) * np.sqrt(6 / sum(sizes))
        network.append([W, np.zeros_like(W[0])])
    return network


@alternative("batches")
def with_array_split(count, size, seed):
    order = np.random.default_rng(seed).permutation(count)
    return np.split(order, range(size, count, size))


@alternative("batches")
def taken_off_a_shuffled_list(count, size, seed):
    left, found = list(range(count)), []
    random.Random(seed).shuffle(left)
    while left:
        found.append(np.array(left[:size]))
        left = left[size:]
    return found


@alternative("batches")
def with_an_iterator_over_random_order(count, size, seed):
    order = iter(np.argsort(np.random.default_rng(seed).normal(size=count)).tolist())
    return [np.array(batch) for batch in iter(lambda: list(itertools.islice(order, size)), [])]


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
            kept.append(squared_loss(forward(inputs, layers)[-1], targets))  # pyright: ignore[reportArgumentType]
    return [tuple(layer) for layer in layers], *losses


@alternative("train")
def sample_by_sample_before_each_step(training, validation, network, learning_rate, epochs):
    training_losses, validation_losses = [], []
    for epoch in epochs:
        for batch in epoch:
            total = [(0 * np.asarray(W), 0 * np.asarray(b)) for W, b in network]
            for sample in batch:
                of_one = backpropagate(training[0][[sample]], training[1][[sample]], network)
                total = [(sW + dW, sb + db) for (sW, sb), (dW, db) in zip(total, of_one, strict=True)]
            network = update(network, total, learning_rate / len(batch))
        training_losses.append(squared_loss(forward(training[0], network)[-1], training[1]))
        validation_losses.append(squared_loss(forward(validation[0], network)[-1], validation[1]))
    return network, training_losses, validation_losses


@alternative("train")
def with_the_bias_as_a_weight(training, validation, network, learning_rate, epochs):
    def with_ones(rows):
        return np.column_stack([rows, np.ones(len(rows))])

    def passed_through(rows):
        outputs = [np.asarray(rows, dtype=float)]
        for A in matrices:
            outputs.append(special.expit(with_ones(outputs[-1]) @ A))
        return outputs

    matrices = [np.vstack([W, b]) for W, b in network]
    losses = []
    for batch_rows in epochs:
        for rows in batch_rows:
            outputs, slopes = passed_through(np.asarray(training[0])[rows]), []
            error = (outputs[-1] - np.asarray(training[1])[rows]) / len(rows)
            for A, before, after in zip(matrices[::-1], outputs[-2::-1], outputs[:0:-1], strict=True):
                delta = error * after * (1 - after)
                slopes.append(with_ones(before).T @ delta)
                error = delta @ A[:-1].T
            matrices = [A - learning_rate * slope for A, slope in zip(matrices, slopes[::-1], strict=True)]
        losses.append([0.5 * np.sum((passed_through(x)[-1] - t) ** 2) / len(t) for x, t in (training, validation)])
    of_training, of_validation = np.array(losses).reshape(-1, 2).T.tolist()
    return [(A[:-1], A[-1]) for A in matrices], of_training, of_validation


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


@alternative("learning_curve")
def from_a_table(training_losses, validation_losses):
    table = pd.DataFrame({"training": training_losses, "validation": validation_losses})
    table.index = table.index + 1
    axes = table.plot()
    best = table["validation"].idxmin()
    axes.scatter(best, table.loc[best, "validation"], color="red", label="overfitting begins here", zorder=3)
    axes.set_xlabel("number of the epoch")
    axes.set_ylabel("mean loss")
    axes.legend(loc="upper right")


@alternative("learning_curve")
def both_lines_in_one_call(training_losses, validation_losses):
    epochs = range(1, len(training_losses) + 1)
    lines = plt.plot(epochs, training_losses, epochs, validation_losses)
    height, epoch = min((loss, epoch) for epoch, loss in zip(epochs, validation_losses, strict=True))
    plt.plot([epoch], [height], "o")
    plt.axvline(epoch, linestyle=":")
    plt.gca().set(xlabel="época", ylabel="pérdida")
    plt.legend(lines, ["Entrenamiento", "Validación"])


@alternative("confusion_matrix")
def with_a_counter(digits, guesses, classes=10):
    pairs = Counter((int(digit), int(guess)) for digit, guess in zip(digits, guesses, strict=True))
    return [[pairs[i, j] for j in range(classes)] for i in range(classes)]


@alternative("confusion_matrix")
def a_product_of_one_hot_rows(digits, guesses, classes=10):
    return one_hot(digits, classes).T @ one_hot(guesses, classes)


@alternative("confusion_matrix")
def counting_numbers_of_pairs(digits, guesses, classes=10):
    pairs = classes * np.asarray(digits) + np.asarray(guesses)
    return np.bincount(pairs, minlength=classes**2).reshape(classes, classes)


@alternative("confusion_matrix")
def a_histogram_in_two_directions(digits, guesses, classes=10):
    edges = np.arange(classes + 1) - 0.5
    return np.histogram2d(digits, guesses, bins=[edges, edges])[0].astype(int)


@alternative("confusion_matrix")
def entry_by_entry(digits, guesses, classes=10):
    digits, guesses = np.asarray(digits), np.asarray(guesses)
    return [[np.count_nonzero((digits == i) & (guesses == j)) for j in range(classes)] for i in range(classes)]


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


@alternative("numerical_gradient")
def along_the_rows_of_an_identity(loss, W, h=1e-5):
    W = np.asarray(W, dtype=float)
    steps = h * np.eye(W.size)
    slopes = [loss(W + step.reshape(W.shape)) / (2 * h) - loss(W - step.reshape(W.shape)) / (2 * h) for step in steps]
    return np.reshape(slopes, W.shape)


@alternative("numerical_gradient")
def the_mean_of_both_sides(loss, W, h=1e-5):
    W = np.array(W, dtype=float)
    here = loss(W.copy())

    def slope(place, step):
        moved = W.copy()
        moved.flat[place] += step
        return (loss(moved) - here) / step

    forth, back = ([slope(place, step) for place in range(W.size)] for step in (h, -h))
    return (np.add(forth, back) / 2).reshape(W.shape)


@alternative("train_own")
def a_learning_rate_that_falls(pictures, digits, seed):
    x, t = scale(pictures), one_hot(digits)
    network, losses = initialize([64, 32, 10], seed), []
    for epoch in range(30):
        for batch in batches(len(x), 16, 100 * seed + epoch):
            network = update(network, backpropagate(x[batch], t[batch], network), 3.5 * (1 - epoch / 30) + 0.2)
        losses.append(squared_loss(forward(x, network)[-1], t))
    return [array for layer in network for array in layer], losses


@alternative("train_own")
def pushed_with_momentum(pictures, digits, seed):
    x, t = scale(pictures), one_hot(digits)
    network, losses = initialize([64, 32, 10], seed), []
    push = [(0.0, 0.0) for _ in network]
    for epoch in range(20):
        for batch in batches(len(x), 16, 100 * seed + epoch):
            gradients = backpropagate(x[batch], t[batch], network)
            push = [(0.8 * pW + dW, 0.8 * pb + db) for (pW, pb), (dW, db) in zip(push, gradients, strict=True)]
            network = update(network, push, 0.8)
        losses.append(squared_loss(forward(x, network)[-1], t))
    return [array for layer in network for array in layer], losses


@alternative("train_own")
def with_the_steps_of_adam(pictures, digits, seed):
    x, t = scale(pictures), one_hot(digits)
    parameters = [array for layer in initialize([64, 32, 10], seed) for array in layer]
    means, squares, losses = [np.zeros(1)] * 4, [np.zeros(1)] * 4, []
    steps = itertools.count(1)
    for epoch in range(20):
        for batch, step in zip(batches(len(x), 32, 100 * seed + epoch), steps):  # noqa: B905 (steps never end)
            network = list(zip(parameters[::2], parameters[1::2], strict=True))
            slopes = [slope for layer in backpropagate(x[batch], t[batch], network) for slope in layer]
            for place, slope in enumerate(slopes):
                means[place] = 0.9 * means[place] + 0.1 * slope
                squares[place] = 0.999 * squares[place] + 0.001 * slope**2
                mean, square = means[place] / (1 - 0.9**step), squares[place] / (1 - 0.999**step)
                parameters[place] = parameters[place] - 0.02 * mean / (np.sqrt(square) + 1e-8)
        losses.append(squared_loss(forward(x, list(zip(parameters[::2], parameters[1::2], strict=True)))[-1], t))
    return parameters, losses


@alternative("train_own")
def softmax_and_its_cross_entropy(pictures, digits, seed):
    x, t = np.asarray(pictures) / 16, np.eye(10)[np.asarray(digits)]
    generator, losses = np.random.default_rng(seed), []
    W, b = generator.normal(0, 0.15, (64, 40)), np.zeros(40)
    V, c = generator.normal(0, 0.15, (40, 10)), np.zeros(10)
    for _ in range(25):
        for batch in np.array_split(generator.permutation(len(x)), max(len(x) // 32, 1)):
            hidden = special.expit(x[batch] @ W + b)
            delta = (special.softmax(hidden @ V + c, axis=1) - t[batch]) / len(batch)
            before = delta @ V.T * hidden * (1 - hidden)
            V, c = V - 1.2 * hidden.T @ delta, c - 1.2 * delta.sum(axis=0)
            W, b = W - 1.2 * x[batch].T @ before, b - 1.2 * before.sum(axis=0)
        scores = special.expit(x @ W + b) @ V + c
        losses.append(float(np.mean(special.logsumexp(scores, axis=1) - np.sum(scores * t, axis=1))))
    return [W, b, V, c], losses


@alternative("train_own")
def a_cross_entropy_for_each_output(pictures, digits, seed):
    x, t = scale(pictures), one_hot(digits)
    (W, b), (V, c) = initialize([64, 24, 10], seed)
    losses = []
    for epoch in range(20):
        for batch in batches(len(x), 16, 100 * seed + epoch):
            hidden = sigmoid(x[batch] @ W + b)
            delta = (sigmoid(hidden @ V + c) - t[batch]) / len(batch)
            before = delta @ V.T * hidden * (1 - hidden)
            V, c = V - 0.6 * hidden.T @ delta, c - 0.6 * delta.sum(axis=0)
            W, b = W - 0.6 * x[batch].T @ before, b - 0.6 * before.sum(axis=0)
        # −log σ(a) is log(1 + exp(−a)): no logarithm of 0 this way.
        scores = sigmoid(x @ W + b) @ V + c
        losses.append(float(np.mean(np.sum(np.logaddexp(0, scores) - scores * t, axis=1))))
    return [W, b, V, c], losses


@alternative("train_own")
def hidden_units_of_tanh(pictures, digits, seed):
    x, t = scale(pictures), one_hot(digits)
    (W, b), (V, c) = initialize([64, 32, 10], seed)
    losses = []
    for epoch in range(25):
        for batch in batches(len(x), 16, 10 * seed + epoch):
            hidden = np.tanh(x[batch] @ W + b)
            delta = (sigmoid(hidden @ V + c) - t[batch]) / len(batch)
            before = delta @ V.T * (1 - hidden**2)
            V, c = V - 0.2 * hidden.T @ delta, c - 0.2 * delta.sum(axis=0)
            W, b = W - 0.2 * x[batch].T @ before, b - 0.2 * before.sum(axis=0)
        losses.append(squared_loss(sigmoid(np.tanh(x @ W + b) @ V + c), t))
    # tanh(a) = 2σ(2a) − 1: the same network with sigmoids, which is what `predict_own` reads.
    return [2 * W, 2 * b, 2 * V, c - V.sum(axis=0)], losses


@alternative("train_own")
def the_best_on_a_part_kept_apart(pictures, digits, seed):
    x, t = scale(pictures), one_hot(digits)
    order = np.random.default_rng(seed).permutation(len(x))
    apart, seen = order[: len(x) // 6], order[len(x) // 6 :]
    network, losses, best = initialize([64, 32, 10], seed), [], []
    for epoch in range(30):
        for batch in batches(len(seen), 16, 100 * seed + epoch):
            network = update(network, backpropagate(x[seen[batch]], t[seen[batch]], network), 2.5)
        losses.append(squared_loss(forward(x[apart], network)[-1], t[apart]))
        if losses[-1] <= min(losses):
            best = network
    return [array for layer in best for array in layer], losses


@alternative("predict_own")
def layer_by_layer(parameters, pictures):
    y = np.asarray(pictures) / 16
    for W, b in zip(parameters[0::2], parameters[1::2], strict=True):
        y = 1 / (1 + np.exp(-(y @ W + b)))
    return [int(np.argmax(row)) for row in y]


@alternative("predict_own")
def picture_by_picture(parameters, pictures):
    network = list(zip(parameters[::2], parameters[1::2], strict=True))
    return np.array([np.argmax(forward(scale(picture), network)[-1]) for picture in pictures])


@alternative("predict_own")
def without_the_last_sigmoid(parameters, pictures):
    # The sigmoid rises: the largest of what goes in is the largest of what comes out.
    W, b, V, c = parameters
    hidden = 0.5 + 0.5 * np.tanh((np.asarray(pictures) @ W / 16 + b) / 2)
    return np.argsort(hidden @ V + c, axis=1)[:, -1]


@alternative("predict_own")
def with_loops_over_units(parameters, pictures):
    def unit(inputs, W, b, j):
        return b[j] + sum(inputs[:, i] * W[i, j] for i in range(len(W)))

    inputs = np.asarray(pictures) / 16
    for W, b in zip(parameters[::2], parameters[1::2], strict=True):
        inputs = special.expit(np.stack(list(map(partial(unit, inputs, W, b), range(len(b)))), axis=1))
    return [max(range(10), key=answers.__getitem__) for answers in inputs.tolist()]
