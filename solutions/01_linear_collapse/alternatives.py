"""Other right solutions of stage 01: each must get full marks."""

import functools
import itertools
import math

import numpy as np
from reference import collapse, linear
from scipy import linalg

from capas.course.solutions import alternative


@alternative("linear")
def with_dot(x, W, b):
    return np.dot(x, W) + b


@alternative("linear")
def with_einsum(x, W, b):
    return np.einsum("...i,ij->...j", np.asarray(x), np.asarray(W)) + np.asarray(b)


@alternative("linear")
def with_lists_and_recursion(x, W, b):
    x, W, b = np.asarray(x).tolist(), np.asarray(W).tolist(), np.asarray(b).tolist()
    if isinstance(x[0], list):
        return [with_lists_and_recursion(sample, W, b) for sample in x]
    return [sum(value * W[i][j] for i, value in enumerate(x)) + bias for j, bias in enumerate(b)]


@alternative("linear")
def one_input_at_a_time(x, W, b):
    x, W = np.asarray(x, dtype=float), np.asarray(W, dtype=float)
    output = np.zeros((*x.shape[:-1], W.shape[1])) + b
    for i, weights in enumerate(W):
        output += x[..., i, np.newaxis] * weights
    return output


@alternative("linear")
def with_the_bias_as_one_more_weight(x, W, b):
    # An input that is always 1 turns the biases into the last row of W.
    x = np.asarray(x, dtype=float)
    with_one = np.concatenate([x, np.ones((*x.shape[:-1], 1))], axis=-1)
    return with_one @ np.vstack([W, b])


@alternative("linear")
def with_samples_as_columns(x, W, b):
    return (np.transpose(W) @ np.transpose(x)).T + np.asarray(b)


@alternative("linear")
def with_broadcasting(x, W, b):
    return (np.asarray(x)[..., :, None] * np.asarray(W)).sum(axis=-2) + b


@alternative("linear")
def in_single_precision(x, W, b):
    x, W, b = (np.asarray(array, dtype=np.float32) for array in (x, W, b))
    return x @ W + b


@alternative("width")
def with_numpy(layer_sizes):
    return np.max(layer_sizes)


@alternative("width")
def with_a_loop(layer_sizes):
    largest = 0
    for size in layer_sizes:
        if size > largest:
            largest = size
    return largest


@alternative("width")
def by_sorting_a_copy(layer_sizes):
    return sorted(layer_sizes)[-1]


@alternative("width")
def with_a_recursive_maximum(layer_sizes):
    first, *rest = layer_sizes
    return max(first, with_a_recursive_maximum(rest)) if rest else first


@alternative("depth")
def by_leaving_out_the_ends(layer_sizes):
    return len(layer_sizes[1:-1])


@alternative("depth")
def by_counting(layer_sizes):
    hidden = 0
    for _ in range(1, len(layer_sizes) - 1):
        hidden += 1
    return hidden


@alternative("depth")
def with_a_float(layer_sizes):
    return float(np.size(layer_sizes)) - 2.0


@alternative("depth")
def by_unpacking(layer_sizes):
    _input, *hidden, _output = layer_sizes
    return len(hidden)


@alternative("count_parameters")
def pair_by_pair(layer_sizes):
    return sum((n_in + 1) * n_out for n_in, n_out in itertools.pairwise(layer_sizes))


@alternative("count_parameters")
def with_indices(layer_sizes):
    weights, biases = 0, 0
    for layer in range(1, len(layer_sizes)):
        weights += layer_sizes[layer - 1] * layer_sizes[layer]
        biases += layer_sizes[layer]
    return weights + biases


@alternative("count_parameters")
def with_a_dot_product(layer_sizes):
    sizes = np.asarray(layer_sizes, dtype=float)
    return sizes[:-1] @ sizes[1:] + sizes[1:].sum()


@alternative("count_parameters")
def by_building_the_network(layer_sizes):
    layers = [(np.empty((n_in, n_out)), np.empty(n_out)) for n_in, n_out in itertools.pairwise(layer_sizes)]
    return sum(W.size + b.size for W, b in layers)


@alternative("count_parameters")
def by_recursion(layer_sizes):
    if len(layer_sizes) < 2:
        return 0
    n_in, n_out = layer_sizes[0], layer_sizes[1]
    return n_in * n_out + n_out + by_recursion(layer_sizes[1:])


@alternative("collapse")
def product_with_dot(W1, W2):
    return np.dot(W1, W2)


@alternative("collapse")
def product_with_einsum(W1, W2):
    return np.einsum("ij,jk->ik", W1, W2)


@alternative("collapse")
def product_with_loops(W1, W2):
    W1, W2 = np.asarray(W1), np.asarray(W2)
    product = np.zeros((W1.shape[0], W2.shape[1]))
    for i in range(W1.shape[0]):
        for k in range(W2.shape[1]):
            for j in range(W1.shape[1]):
                product[i, k] += W1[i, j] * W2[j, k]
    return product


@alternative("collapse")
def product_with_lists(W1, W2):
    rows, columns = np.asarray(W1).tolist(), np.transpose(W2).tolist()
    return [[math.fsum(p * q for p, q in zip(row, column, strict=True)) for column in columns] for row in rows]


@alternative("collapse")
def through_both_layers(W1, W2):
    # The rows of W* are what the two layers make of the unit vectors.
    W1, W2 = np.asarray(W1), np.asarray(W2)
    return np.array([unit @ W1 @ W2 for unit in np.eye(len(W1))])


@alternative("collapse")
def as_a_sum_of_outer_products(W1, W2):
    W1, W2 = np.asarray(W1), np.asarray(W2)
    return sum(np.outer(W1[:, j], W2[j]) for j in range(len(W2)))


@alternative("collapse")
def with_transposes(W1, W2):
    return (np.transpose(W2) @ np.transpose(W1)).T


@alternative("collapse_network")
def from_the_last_layer_back(weights, biases):
    W_star, b_star = np.eye(len(np.asarray(biases[-1]))), np.zeros(len(np.asarray(biases[-1])))
    for W, b in zip(reversed(weights), reversed(biases), strict=True):
        b_star = b_star + np.asarray(b) @ W_star
        W_star = np.asarray(W) @ W_star
    return W_star, b_star


@alternative("collapse_network")
def measured_from_outside(weights, biases):
    def output(x):
        for W, b in zip(weights, biases, strict=True):
            x = linear(x, W, b)
        return x

    n_in = len(weights[0])
    b_star = output(np.zeros(n_in))
    return output(np.eye(n_in)) - b_star, b_star


@alternative("collapse_network")
def with_the_biases_inside_the_matrices(weights, biases):
    # [[W, 0], [b, 1]] acts on (x, 1) as x W + b, and such matrices multiply as the layers follow each other.
    layers = []
    for W, b in zip(weights, biases, strict=True):
        W = np.asarray(W)
        layers.append(np.block([[W, np.zeros((len(W), 1))], [np.asarray(b)[None, :], np.ones((1, 1))]]))
    product = functools.reduce(np.matmul, layers)
    return product[:-1, :-1], product[-1, :-1]


@alternative("collapse_network")
def one_layer_less_each_time(weights, biases):
    if len(weights) == 1:
        return weights[0], biases[0]
    W_rest, b_rest = one_layer_less_each_time(weights[1:], biases[1:])
    return np.dot(weights[0], W_rest), np.dot(biases[0], W_rest) + b_rest


@alternative("collapse_network")
def each_bias_through_the_layers_after_it(weights, biases):
    n_out = np.shape(weights[-1])[1]
    b_star = np.zeros(n_out)
    for layer, b in enumerate(biases):
        b_star = b_star + functools.reduce(np.dot, weights[layer + 1 :], np.asarray(b))
    return [functools.reduce(collapse, weights), b_star]


@alternative("collapse_network")
def with_multi_dot(weights, biases):
    n_in = len(weights[0])
    W_star = np.linalg.multi_dot([np.eye(n_in), *map(np.asarray, weights)])
    b_star = np.asarray(biases[0])
    for W, b in zip(weights[1:], biases[1:], strict=True):
        b_star = np.einsum("i,ij->j", b_star, np.asarray(W)) + b
    return W_star, b_star.tolist()


@alternative("collapse_network")
def with_plain_lists(weights, biases):
    rows = [[float(i == j) for j in range(len(weights[0]))] + [0.0] for i in range(len(weights[0]))]
    rows.append([0.0] * len(weights[0]) + [1.0])
    for W, b in zip(weights, biases, strict=True):
        W, b = np.asarray(W).tolist(), np.asarray(b).tolist()
        columns = [[*column, bias] for column, bias in zip(zip(*W, strict=True), b, strict=True)]
        rows = [
            [sum(p * q for p, q in zip(row, column, strict=True)) for column in columns] + [row[-1]] for row in rows
        ]
    return [row[:-1] for row in rows[:-1]], rows[-1][:-1]


@alternative("collapse_network")
def as_an_array_of_objects(weights, biases):
    W_star, b_star = np.asarray(weights[0]), np.asarray(biases[0])
    for W, b in zip(weights[1:], biases[1:], strict=True):
        W_star, b_star = W_star @ np.asarray(W), b_star @ np.asarray(W) + np.asarray(b)
    layer = np.empty(2, dtype=object)
    layer[0], layer[1] = W_star, b_star
    return layer


@alternative("linearity_gap")
def with_the_infinity_norm(f, u, v):
    u, v = np.asarray(u, dtype=float), np.asarray(v, dtype=float)
    difference = np.ravel(np.asarray(f(u + v)) - np.asarray(f(u)) - np.asarray(f(v)) + np.asarray(f(0 * u)))
    return linalg.norm(difference, ord=np.inf)


@alternative("linearity_gap")
def with_lists(f, u, v):
    u, v = np.asarray(u).tolist(), np.asarray(v).tolist()

    def combine(operation, first, second):
        if isinstance(first, list):
            return [combine(operation, p, q) for p, q in zip(first, second, strict=True)]
        return operation(first, second)

    total = combine(lambda p, q: p + q, u, v)
    zero = combine(lambda p, q: p - q, u, u)
    values = [np.asarray(f(np.array(x))).ravel().tolist() for x in (total, u, v, zero)]
    return max(abs(at_sum - at_u - at_v + at_zero) for at_sum, at_u, at_v, at_zero in zip(*values, strict=True))


@alternative("linearity_gap")
def with_the_constant_part_removed(f, u, v):
    u, v = np.array(u), np.array(v)
    constant = np.asarray(f(np.zeros_like(u)))

    def linear_part(x):
        return np.asarray(f(x)) - constant

    return np.abs(linear_part(u + v) - (linear_part(u) + linear_part(v))).max()


@alternative("linearity_gap")
def as_the_larger_of_both_signs(f, u, v):
    u, v = np.add(u, 0), np.add(v, 0)
    difference = np.asarray(f(np.add(u, v))) + f(np.subtract(u, u)) - (np.asarray(f(u)) + f(v))
    return max(np.max(difference), -np.min(difference))


@alternative("linearity_gap")
def as_a_change_of_increments(f, u, v):
    # The step v should add the same wherever it is taken.
    u, v = np.asarray(u), np.asarray(v)
    step_at_u = np.asarray(f(u + v)) - np.asarray(f(u))
    step_at_zero = np.asarray(f(v)) - np.asarray(f(v - v))
    return np.array(np.max(np.abs(step_at_u - step_at_zero)))
