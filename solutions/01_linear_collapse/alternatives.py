"""Other right solutions of stage 01: each must get full marks."""

import functools
import heapq
import itertools
import math
import operator

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


@alternative("linear")
def one_unit_after_another(x, W, b):
    x = np.asarray(x)
    sums = [(x * column).sum(axis=-1) + bias for column, bias in zip(np.transpose(W), b, strict=True)]
    return np.stack(sums, axis=-1)


@alternative("linear")
def with_a_signature(x, W, b):
    layer = np.vectorize(
        lambda sample, weights, biases: biases + np.inner(weights.T, sample), signature="(i),(i,j),(j)->(j)"
    )
    return layer(x, W, b)


@alternative("linear")
def starting_from_the_biases(x, W, b):
    samples = np.atleast_2d(x)
    output = np.tile(np.asarray(b, dtype=float), (len(samples), 1))
    for row, sample in zip(output, samples, strict=True):
        row += np.dot(sample, W)
    return output if np.ndim(x) == 2 else output[0]


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


@alternative("width")
def where_the_largest_stands(layer_sizes):
    return layer_sizes[np.argmax(layer_sizes)]


@alternative("width")
def with_a_heap(layer_sizes):
    return heapq.nlargest(1, layer_sizes)[0]


@alternative("width")
def as_a_tournament(layer_sizes):
    return functools.reduce(lambda winner, size: size if size > winner else winner, layer_sizes)


@alternative("width")
def none_is_larger(layer_sizes):
    for size in layer_sizes:
        if all(size >= other for other in layer_sizes):
            return size
    return None


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


@alternative("depth")
def by_taking_one_layer_off(layer_sizes):
    if len(layer_sizes) == 2:
        return 0
    return 1 + by_taking_one_layer_off(layer_sizes[:-1])


@alternative("depth")
def one_less_than_the_matrices(layer_sizes):
    matrices = [(n_in, n_out) for n_in, n_out in itertools.pairwise(layer_sizes)]
    return len(matrices) - 1


@alternative("depth")
def place_of_the_last_hidden_layer(layer_sizes):
    place = 0
    while place + 2 < np.shape(layer_sizes)[0]:
        place += 1
    return place


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


@alternative("count_parameters")
def above_the_diagonal(layer_sizes):
    # Entry kl of the outer product joins layers k and l; neighbours stand just above the diagonal.
    joined = np.outer(layer_sizes, layer_sizes)
    return np.trace(joined, offset=1) + np.sum(layer_sizes) - layer_sizes[0]


@alternative("count_parameters")
def with_map_and_mul(layer_sizes):
    sizes = [int(size) for size in layer_sizes]
    return sum(map(operator.mul, sizes, sizes[1:])) + sum(sizes[1:])


@alternative("count_parameters")
def carrying_the_layer_before(layer_sizes):
    def next_layer(state, n_out):
        n_in, total = state
        return n_out, total + n_out * (1 + n_in)

    return functools.reduce(next_layer, layer_sizes[1:], (layer_sizes[0], 0))[1]


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


@alternative("collapse")
def with_an_axis_for_the_middle(W1, W2):
    return np.sum(np.asarray(W1)[:, :, None] * np.asarray(W2)[None, :, :], axis=1)


@alternative("collapse")
def column_by_column(W1, W2):
    W1 = np.asarray(W1)
    return np.column_stack([W1 @ column for column in np.transpose(W2)])


@alternative("collapse")
def two_steps_through_all_units(W1, W2):
    # One big matrix of arrows between all units; its square holds what leads there in two steps.
    (n_in, n_hidden), n_out = np.shape(W1), np.shape(W2)[1]
    arrows = np.zeros((n_in + n_hidden + n_out,) * 2)
    arrows[:n_in, n_in : n_in + n_hidden] = W1
    arrows[n_in : n_in + n_hidden, n_in + n_hidden :] = W2
    return np.linalg.matrix_power(arrows, 2)[:n_in, n_in + n_hidden :]


@alternative("collapse")
def with_kronecker(W1, W2):
    # The rows of W1 W2, one after another, are (W1 ⊗ I) times the rows of W2.
    n_in, n_out = len(W1), np.shape(W2)[1]
    return (np.kron(W1, np.eye(n_out)) @ np.ravel(W2)).reshape(n_in, n_out)


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


@alternative("collapse_network")
def halves_of_the_stack(weights, biases):
    if len(weights) == 1:
        return np.array(weights[0]), np.array(biases[0])
    middle = len(weights) // 2
    W_first, b_first = halves_of_the_stack(weights[:middle], biases[:middle])
    W_second, b_second = halves_of_the_stack(weights[middle:], biases[middle:])
    return W_first.dot(W_second), b_first.dot(W_second) + b_second


@alternative("collapse_network")
def the_bias_rides_as_one_more_row(weights, biases):
    # Below the rows of W* stands b*: all go through the next matrix, and only the last row gets its bias.
    rows = np.vstack([weights[0], biases[0]]).astype(float)
    for W, b in zip(weights[1:], biases[1:], strict=True):
        rows = rows @ np.asarray(W)
        rows[-1] += b
    return rows[:-1], rows[-1]


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


@alternative("linearity_gap")
def as_the_root_of_the_largest_square(f, u, v):
    u, v = np.asarray(u), np.asarray(v)
    terms = [np.asarray(f(x), dtype=float) for x in (u + v, np.zeros_like(u), u, v)]
    difference = np.tensordot([1, 1, -1, -1], np.stack(terms), axes=1)
    return np.sqrt(np.square(difference).max())


@alternative("linearity_gap")
def keeping_the_worst_so_far(f, u, v):
    u, v = np.asarray(u), np.asarray(v)
    outputs = [np.ravel(f(x)) for x in (u + v, u, v, np.zeros(np.shape(u)))]
    worst = 0.0
    for together, at_u, at_v, at_zero in zip(*outputs, strict=True):
        gap = together + at_zero - at_u - at_v
        if gap < 0:
            gap = -gap
        if gap > worst:
            worst = gap
    return worst
