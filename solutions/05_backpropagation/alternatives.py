"""Other right solutions of stage 05: each must get full marks."""

import copy
import math
from fractions import Fraction
from itertools import accumulate, islice
from statistics import fmean

import numpy as np
from reference import backpropagate, bias_gradient, forward, output_delta, squared_loss, weight_gradient
from scipy import special

from capas.course.solutions import alternative


@alternative("output_delta")
def with_lists_and_recursion(y, t):
    if np.ndim(y) > 1:
        return [with_lists_and_recursion(row, targets) for row, targets in zip(y, t, strict=True)]
    return [(output - target) * output * (1 - output) for output, target in zip(y, t, strict=True)]


@alternative("output_delta")
def with_the_slope_multiplied_out(y, t):
    y = np.asarray(y)
    return np.subtract(y, t) * (y - y**2)


@alternative("output_delta")
def with_numpy_vectorize(y, t):
    return np.vectorize(lambda output, target: (target - output) * output * (output - 1.0), otypes=[float])(y, t)


@alternative("output_delta")
def with_einsum(y, t):
    y = np.array(y, dtype=float)
    return np.einsum("...,...,...->...", y - np.array(t), y, 1 - y)


@alternative("output_delta")
def with_exact_fractions(y, t):
    outputs, targets = np.asarray(y, dtype=float), np.asarray(t, dtype=float)
    deltas = np.zeros(outputs.shape)
    for place in np.ndindex(outputs.shape):
        output, target = Fraction(float(outputs[place])), Fraction(float(targets[place]))
        deltas[place] = float((output - target) * output * (1 - output))
    return deltas


@alternative("output_delta")
def three_factors_at_once(y, t):
    y = np.asarray(y, dtype=float)
    return np.prod([y - t, y, 1 - y], axis=0)


@alternative("output_delta")
def with_a_diagonal_of_slopes(y, t):
    rows, targets = np.atleast_2d(y).astype(float), np.atleast_2d(t)
    deltas = [(row - target) @ np.diag(row - row**2) for row, target in zip(rows, targets, strict=True)]
    return np.reshape(deltas, np.shape(y))


@alternative("output_delta")
def from_the_odds(y, t):
    # With r = y / (1 − y), the slope is r / (1 + r)²; for y = 1 there is no r, and the slope is 0.
    y = np.asarray(y, dtype=float)
    odds = np.divide(y, 1 - y, out=np.zeros_like(y), where=y < 1)
    return (y - t) * odds / np.square(1 + odds)


@alternative("hidden_delta")
def with_two_loops(delta_next, W_next, y):
    delta_next, W_next, y = np.asarray(delta_next), np.asarray(W_next), np.asarray(y)
    if y.ndim == 2:
        return [with_two_loops(delta_next[sample], W_next, y[sample]) for sample in range(len(y))]
    deltas = []
    for j in range(len(W_next)):
        total = 0.0
        for k in range(len(delta_next)):
            total += delta_next[k] * W_next[j, k]
        deltas.append(total * y[j] * (1 - y[j]))
    return deltas


@alternative("hidden_delta")
def with_an_einsum_of_weights(delta_next, W_next, y):
    y = np.asarray(y)
    return np.einsum("...k,jk,...j->...j", delta_next, W_next, y * (1 - y))


@alternative("hidden_delta")
def with_columns_of_samples(delta_next, W_next, y):
    y = np.asarray(y, dtype=float)
    return (np.asarray(W_next) @ np.asarray(delta_next).T).T * (y - y * y)


@alternative("hidden_delta")
def with_inner_and_diagonal_matrices(delta_next, W_next, y):
    received = np.inner(delta_next, W_next)
    if np.ndim(y) == 1:
        return received @ np.diag(y) @ (np.eye(len(y)) - np.diag(y))
    return np.array([row @ np.diag(u) @ np.diag(1 - np.array(u)) for row, u in zip(received, y, strict=True)])


@alternative("hidden_delta")
def with_a_sum_over_an_extra_axis(delta_next, W_next, y):
    y = np.asarray(y, dtype=float)
    slopes = 0.25 - (y - 0.5) ** 2
    return np.sum(np.asarray(delta_next)[..., None, :] * np.asarray(W_next) * slopes[..., None], axis=-1)


@alternative("hidden_delta")
def one_next_unit_after_another(delta_next, W_next, y):
    delta_next, W_next, y = np.asarray(delta_next), np.asarray(W_next), np.asarray(y, dtype=float)
    deltas = np.zeros(y.shape)
    for k in range(W_next.shape[1]):
        deltas += delta_next[..., k, None] * W_next[:, k]
    return deltas * (y - y**2)


@alternative("hidden_delta")
def with_the_slopes_in_the_weights(delta_next, W_next, y):
    # Row j of W, times the slope of unit j: the derivatives of all that follows with respect to what j receives.
    outputs, arriving = np.atleast_2d(y), np.atleast_2d(delta_next)
    deltas = [(np.asarray(W_next) * (u * (1 - u))[:, None]) @ d for u, d in zip(outputs, arriving, strict=True)]
    return np.array(deltas) if np.ndim(y) == 2 else deltas[0]


@alternative("hidden_delta")
def with_a_contraction(delta_next, W_next, y):
    y = np.asarray(y)
    received = np.tensordot(delta_next, W_next, axes=([-1], [1]))
    return np.multiply(np.multiply(received, y), np.subtract(1, y))


@alternative("weight_gradient")
def with_the_mean_of_outer_products(x, delta):
    if np.ndim(x) == 1:
        return np.outer(x, delta)
    return np.mean([np.outer(inputs, row) for inputs, row in zip(x, delta, strict=True)], axis=0)


@alternative("weight_gradient")
def with_einsum_over_samples(x, delta):
    if np.ndim(x) == 1:
        return np.einsum("i,j->ij", x, delta)
    return np.einsum("mi,mj->ij", x, delta) / np.shape(x)[0]


@alternative("weight_gradient")
def with_lists(x, delta):
    inputs, deltas = np.atleast_2d(x).tolist(), np.atleast_2d(delta).tolist()
    columns = [list(column) for column in zip(*deltas, strict=True)]
    return [
        [math.fsum(a * b for a, b in zip(values, column, strict=True)) / len(inputs) for column in columns]
        for values in zip(*inputs, strict=True)
    ]


@alternative("weight_gradient")
def with_broadcasting_and_a_mean(x, delta):
    products = np.asarray(x)[..., :, None] * np.asarray(delta)[..., None, :]
    return products if products.ndim == 2 else products.mean(axis=0)


@alternative("weight_gradient")
def transposed_twice(x, delta):
    x = np.array(x, ndmin=2)
    return np.tensordot(np.array(delta, ndmin=2) / x.shape[0], x, axes=(0, 0)).T


@alternative("weight_gradient")
def weight_by_weight(x, delta):
    inputs, units = np.atleast_2d(x).T, np.atleast_2d(delta).T
    return [[np.mean(values * deltas) for deltas in units] for values in inputs]


@alternative("weight_gradient")
def with_a_stack_of_products(x, delta):
    columns, rows = np.expand_dims(x, -1), np.expand_dims(delta, -2)
    products = np.matmul(columns, rows)
    return np.average(products, axis=0) if products.ndim > 2 else products


@alternative("weight_gradient")
def with_a_mean_that_moves(x, delta):
    mean = 0.0
    for seen, (inputs, deltas) in enumerate(zip(np.atleast_2d(x), np.atleast_2d(delta), strict=True)):
        mean = (seen * mean + np.multiply.outer(inputs, deltas)) / (seen + 1)
    return mean


@alternative("bias_gradient")
def with_a_unit_that_is_always_one(delta):
    ones = np.ones((*np.shape(delta)[:-1], 1))
    return weight_gradient(ones, delta)[0]


@alternative("bias_gradient")
def with_a_row_of_ones(delta):
    delta = np.array(delta, ndmin=2)
    return np.ones(len(delta)) @ delta / len(delta)


@alternative("bias_gradient")
def with_lists_of_columns(delta):
    rows = np.asarray(delta).tolist()
    if not isinstance(rows[0], list):
        return rows
    return [sum(column) / len(rows) for column in zip(*rows, strict=True)]


@alternative("bias_gradient")
def with_a_running_mean(delta):
    mean = 0
    for count, row in enumerate(np.atleast_2d(delta), start=1):
        mean = mean + (row - mean) / count
    return mean


@alternative("bias_gradient")
def with_an_einsum(delta):
    delta = np.asarray(delta)
    return delta if delta.ndim == 1 else np.einsum("mj->j", delta) / delta.shape[0]


@alternative("bias_gradient")
def last_of_the_running_sums(delta):
    rows = np.atleast_2d(delta)
    return np.cumsum(rows, axis=0)[-1] / rows.shape[0]


@alternative("bias_gradient")
def unit_by_unit(delta):
    if np.ndim(delta) < 2:
        return np.array(delta)
    return np.array([fmean(unit) for unit in np.transpose(delta).tolist()])


@alternative("backpropagate")
def as_arrays_of_objects(x, t, network):
    outputs = forward(x, network)
    delta = output_delta(outputs[-1], t)
    gradients = np.empty((len(network), 2), dtype=object)
    for layer in reversed(range(len(network))):
        rows, deltas = np.atleast_2d(outputs[layer]), np.atleast_2d(delta)
        gradients[layer, 0], gradients[layer, 1] = rows.T @ deltas / len(rows), deltas.mean(axis=0)
        delta = delta @ np.transpose(network[layer][0]) * outputs[layer] * (1 - outputs[layer])
    return gradients


@alternative("backpropagate")
def with_recursion(x, t, network):
    def go(inputs, layers):
        (W, b), following = layers[0], layers[1:]
        y = special.expit(inputs @ np.asarray(W) + b)
        if following:
            gradients, arriving = go(y, following)
        else:
            gradients, arriving = [], y - np.asarray(t)
        delta = arriving * y * (1 - y)
        rows, deltas = np.atleast_2d(inputs), np.atleast_2d(delta)
        here = (rows.T @ deltas / len(rows), deltas.mean(axis=0))
        return [here, *gradients], delta @ np.asarray(W).T

    return go(np.asarray(x, dtype=float), list(network))[0]


@alternative("backpropagate")
def with_all_deltas_first(x, t, network):
    outputs = [np.atleast_2d(values) for values in forward(x, network)]
    deltas = [output_delta(outputs[-1], np.atleast_2d(t))]
    for (W, _), y in zip(network[:0:-1], outputs[-2:0:-1], strict=True):
        deltas.append(deltas[-1] @ np.transpose(W) * y * (1 - y))
    deltas.reverse()
    return tuple((u.T @ delta / len(u), bias_gradient(delta)) for u, delta in zip(outputs[:-1], deltas, strict=True))


@alternative("backpropagate")
def one_sample_after_the_other(x, t, network):
    samples, targets = np.atleast_2d(x), np.atleast_2d(t)
    gradients = [(np.zeros(np.shape(W)), np.zeros(np.shape(b))) for W, b in network]
    for sample, target in zip(samples, targets, strict=True):
        outputs = forward(sample, network)
        arriving = outputs[-1] - target
        for layer in range(len(network) - 1, -1, -1):
            W = np.array(network[layer][0])
            delta = arriving * outputs[layer + 1] * (1 - outputs[layer + 1])
            dW, db = gradients[layer]
            dW += np.outer(outputs[layer], delta) / len(samples)
            db += delta / len(samples)
            arriving = W @ delta
    return gradients


@alternative("backpropagate")
def with_the_bias_as_one_more_row(x, t, network):
    layers = [np.vstack([W, b]) for W, b in network]
    ones = np.ones((len(np.atleast_2d(x)), 1))
    outputs = [np.hstack([np.atleast_2d(x), ones])]
    for weights in layers:
        outputs.append(np.hstack([special.expit(outputs[-1] @ weights), ones]))
    arriving = outputs[-1][:, :-1] - np.atleast_2d(t)
    gradients = []
    for inputs, y, weights in zip(outputs[-2::-1], outputs[:0:-1], layers[::-1], strict=True):
        delta = arriving * y[:, :-1] * (1 - y[:, :-1])
        both = inputs.T @ delta / len(ones)
        gradients.append((both[:-1], both[-1]))
        arriving = (delta @ weights.T)[:, :-1]
    return gradients[::-1]


@alternative("backpropagate")
def with_central_differences(x, t, network):
    # Many more passes through the network, and the same answer.
    step, gradients = 1e-5, []
    moved = [(np.array(W, dtype=float), np.array(b, dtype=float)) for W, b in network]
    for layer in moved:
        pair = []
        for parameters in layer:
            gradient = np.zeros(parameters.shape)
            for place in np.ndindex(parameters.shape):
                value = parameters[place]
                parameters[place] = value + step
                above = squared_loss(forward(x, moved)[-1], t)
                parameters[place] = value - step
                gradient[place] = (above - squared_loss(forward(x, moved)[-1], t)) / (2 * step)
                parameters[place] = value
            pair.append(gradient)
        gradients.append(tuple(pair))
    return gradients


@alternative("backpropagate")
def each_layer_knows_its_way_back(x, t, network):
    def pass_through(inputs, W, b):
        y = special.expit(inputs @ W + b)

        def back(arriving):
            delta = arriving * y * (1 - y)
            return delta @ W.T, (inputs.T @ delta / len(inputs), np.mean(delta, axis=0))

        return y, back

    signal, ways_back = np.atleast_2d(np.asarray(x, dtype=float)), []
    for W, b in network:
        signal, back = pass_through(signal, np.asarray(W), np.asarray(b))
        ways_back.append(back)
    arriving, gradients = signal - np.atleast_2d(t), []
    while ways_back:
        arriving, gradient = ways_back.pop()(arriving)
        gradients.append(gradient)
    return gradients[::-1]


@alternative("backpropagate")
def with_the_sums_kept(x, t, network):
    # The slope is measured at what each unit receives, and the lists count from their end.
    def slope(a):
        return special.expit(a) * special.expit(-a)

    signals, sums = [np.atleast_2d(x)], []
    for W, b in network:
        sums.append(np.dot(signals[-1], W) + b)
        signals.append(special.expit(sums[-1]))
    nabla = {}
    delta = (signals[-1] - np.atleast_2d(t)) * slope(sums[-1])
    for layer in range(1, len(network) + 1):
        if layer > 1:
            delta = np.dot(delta, np.transpose(network[-layer + 1][0])) * slope(sums[-layer])
        nabla[layer] = (np.dot(signals[-layer - 1].T, delta) / len(delta), delta.sum(axis=0) / len(delta))
    return [nabla[layer] for layer in sorted(nabla, reverse=True)]


@alternative("backpropagate")
def with_an_imaginary_step_for_each_parameter(x, t, network):
    def sigmoid(a):
        small = np.exp(np.where(a.real < 0, a, -a))
        return np.where(a.real < 0, small, 1) / (1 + small)

    def loss(layers):
        y = np.atleast_2d(x)
        for W, b in layers:
            y = sigmoid(y @ W + b)
        return np.sum((y - np.atleast_2d(t)) ** 2) / (2 * len(y))

    layers = [[np.array(parameters, dtype=complex) for parameters in layer] for layer in network]
    gradients = [[np.zeros(parameters.shape) for parameters in layer] for layer in layers]
    for layer, gradient in zip(layers, gradients, strict=True):
        for parameters, slopes in zip(layer, gradient, strict=True):
            for place in np.ndindex(slopes.shape):
                parameters[place] += 1e-20j
                slopes[place] = loss(layers).imag * 1e20
                parameters[place] = np.real(parameters[place])
    return gradients


@alternative("update")
def with_copies_changed_in_place(network, gradients, learning_rate):
    network = copy.deepcopy([[np.array(W, dtype=float), np.array(b, dtype=float)] for W, b in network])
    for layer, (dW, db) in zip(network, gradients, strict=True):
        layer[0] -= learning_rate * np.array(dW)
        layer[1] -= learning_rate * np.array(db)
    return network


@alternative("update")
def with_an_index(network, gradients, learning_rate):
    updated = []
    for layer in range(len(network)):
        step = [np.multiply(learning_rate, gradients[layer][part]) for part in (0, 1)]
        updated.append(tuple(np.subtract(network[layer][part], step[part]) for part in (0, 1)))
    return updated


@alternative("update")
def with_nothing_but_numbers(network, gradients, learning_rate):
    def moved(value, slope):
        if isinstance(value, (list, tuple, np.ndarray)):
            return [moved(inner, inner_slope) for inner, inner_slope in zip(value, slope, strict=True)]
        return value - learning_rate * slope

    return moved(network, gradients)


@alternative("update")
def with_map(network, gradients, learning_rate):
    def step(layer, gradient):
        return tuple(np.asarray(p) + -learning_rate * np.asarray(dp) for p, dp in zip(layer, gradient, strict=True))

    return tuple(map(step, network, gradients))


@alternative("update")
def as_one_long_vector(network, gradients, learning_rate):
    shapes = [np.shape(part) for layer in network for part in layer]
    point, slope = (
        np.concatenate([np.ravel(part) for layer in layers for part in layer]) for layers in (network, gradients)
    )
    moved = np.split(point - learning_rate * slope, np.cumsum([math.prod(shape) for shape in shapes])[:-1])
    parts = [part.reshape(shape) for part, shape in zip(moved, shapes, strict=True)]
    return list(zip(parts[::2], parts[1::2], strict=True))


@alternative("update")
def with_the_bias_below_the_weights(network, gradients, learning_rate):
    updated = []
    for layer, gradient in zip(network, gradients, strict=True):
        below, slopes = np.vstack(layer), np.vstack(gradient)
        *W, b = below + slopes * -learning_rate
        updated.append([np.array(W), b])
    return updated


@alternative("train")
def with_recursion_over_epochs(x, t, network, learning_rate, epochs):
    if epochs == 0:
        return network, []
    loss = squared_loss(forward(x, network)[-1], t)
    moved = [
        (W - learning_rate * dW, b - learning_rate * db)
        for (W, b), (dW, db) in zip(network, backpropagate(x, t, network), strict=True)
    ]
    trained, losses = with_recursion_over_epochs(x, t, moved, learning_rate, epochs - 1)
    return trained, [loss, *losses]


@alternative("train")
def with_a_copy_changed_in_place(x, t, network, learning_rate, epochs):
    network = [(np.array(W, dtype=float), np.array(b, dtype=float)) for W, b in network]
    losses = np.zeros(epochs)
    for epoch in range(epochs):
        losses[epoch] = squared_loss(forward(x, network)[-1], t)
        for (W, b), (dW, db) in zip(network, backpropagate(x, t, network), strict=True):
            W -= learning_rate * dW
            b -= learning_rate * db
    return network, losses


@alternative("train")
def all_in_one_loop(x, t, network, learning_rate, epochs):
    network = [(np.array(W, dtype=float), np.array(b, dtype=float)) for W, b in network]
    x, t, losses = np.atleast_2d(x), np.atleast_2d(t), []
    for _ in range(epochs):
        outputs = forward(x, network)
        arriving = outputs[-1] - t
        losses.append(np.sum(arriving**2) / (2 * len(x)))
        for layer in range(len(network) - 1, -1, -1):
            W, b = network[layer]
            delta = arriving * outputs[layer + 1] * (1 - outputs[layer + 1])
            # The δ that goes back is taken with the weights of before the step.
            arriving = delta @ W.T
            network[layer] = (
                W - learning_rate * outputs[layer].T @ delta / len(x),
                b - learning_rate * delta.mean(axis=0),
            )
    return [network, losses]


@alternative("train")
def with_all_networks_kept(x, t, network, learning_rate, epochs):
    networks = [[(np.asarray(W), np.asarray(b)) for W, b in network]]
    while len(networks) <= epochs:
        gradients = backpropagate(x, t, networks[-1])
        networks.append(
            [
                (W - learning_rate * gradients[layer][0], b - learning_rate * gradients[layer][1])
                for layer, (W, b) in enumerate(networks[-1])
            ]
        )
    return networks[-1], [squared_loss(forward(x, each)[-1], t) for each in networks[:-1]]


@alternative("train")
def with_a_class(x, t, network, learning_rate, epochs):
    class Layer:
        def __init__(self, W, b):
            self.W, self.b = np.array(W, dtype=float), np.array(b, dtype=float)

        def answer(self, inputs):
            self.inputs, self.outputs = inputs, special.expit(inputs @ self.W + self.b)
            return self.outputs

        def learn(self, arriving):
            delta = arriving * self.outputs * (1 - self.outputs)
            sent_back = delta @ self.W.T
            self.W -= learning_rate / len(delta) * self.inputs.T @ delta
            self.b -= learning_rate / len(delta) * delta.sum(axis=0)
            return sent_back

    layers, losses = [Layer(W, b) for W, b in network], []
    for _ in range(epochs):
        signal = np.atleast_2d(x)
        for layer in layers:
            signal = layer.answer(signal)
        error = signal - np.atleast_2d(t)
        losses.append(0.5 * np.mean(np.sum(error * error, axis=1)))
        for layer in layers[::-1]:
            error = layer.learn(error)
    return [(layer.W, layer.b) for layer in layers], losses


@alternative("train")
def epoch_by_epoch_as_asked(x, t, network, learning_rate, epochs):
    def networks():
        current = [(np.asarray(W, dtype=float), np.asarray(b, dtype=float)) for W, b in network]
        while True:
            yield current
            slopes = backpropagate(x, t, current)
            current = [
                (W - learning_rate * dW, b - learning_rate * db)
                for (W, b), (dW, db) in zip(current, slopes, strict=True)
            ]

    *before, last = islice(networks(), epochs + 1)
    return last, [squared_loss(forward(x, each)[-1], t) for each in before]


@alternative("train")
def with_accumulate(x, t, network, learning_rate, epochs):
    def step(state, _epoch):
        layers, _ = state
        moved = [
            tuple(
                np.subtract(part, np.multiply(learning_rate, slope)) for part, slope in zip(layer, slopes, strict=True)
            )
            for layer, slopes in zip(layers, backpropagate(x, t, layers), strict=True)
        ]
        return moved, squared_loss(forward(x, layers)[-1], t)

    states = list(accumulate(range(epochs), step, initial=(network, None)))
    return states[-1][0], [loss for _, loss in states[1:]]
