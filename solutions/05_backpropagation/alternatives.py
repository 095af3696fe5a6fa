"""Other right solutions of stage 05: each must get full marks."""

import copy
import math
from fractions import Fraction

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
