"""Other right solutions of stage 04: each must get full marks."""

import math
import operator
import random
from functools import reduce
from itertools import accumulate, pairwise
from statistics import NormalDist, fmean

import numpy as np
from reference import layer_forward, relu, sigmoid, softmax
from scipy import special

from capas.course.solutions import alternative


@alternative("initialize")
def with_the_old_generator(layer_sizes, seed):
    generator = np.random.RandomState(seed)
    pairs = pairwise(layer_sizes)
    return tuple((generator.randn(n_in, n_out) / n_in**0.5, np.zeros((n_out,))) for n_in, n_out in pairs)


@alternative("initialize")
def with_the_standard_library(layer_sizes, seed):
    generator = random.Random(seed)
    network = []
    for n_in, n_out in pairwise(layer_sizes):
        W = [[generator.gauss(0, 1 / math.sqrt(n_in)) for _ in range(n_out)] for _ in range(n_in)]
        network.append([W, [0] * n_out])
    return network


@alternative("initialize")
def with_a_seed_for_each_layer(layer_sizes, seed):
    seeds = np.random.SeedSequence(seed).spawn(len(layer_sizes) - 1)
    network = []
    for index, layer_seed in enumerate(seeds):
        n_in, n_out = layer_sizes[index : index + 2]
        draws = np.random.default_rng(layer_seed).standard_normal((n_out, n_in), dtype=np.float32)
        network.append((draws.T / np.sqrt(n_in), np.zeros(n_out, dtype=int)))
    return network


@alternative("initialize")
def with_one_long_draw(layer_sizes, seed):
    shapes = [(int(n_in), int(n_out)) for n_in, n_out in pairwise(layer_sizes)]
    draws = np.random.default_rng(seed).normal(size=sum(n_in * n_out for n_in, n_out in shapes))
    network, start = [], 0
    for n_in, n_out in shapes:
        W = draws[start : start + n_in * n_out].reshape(n_in, n_out)
        network.append((W * math.sqrt(1 / n_in), np.zeros(n_out)))
        start += n_in * n_out
    return network


@alternative("initialize")
def from_uniform_numbers(layer_sizes, seed):
    generator = np.random.Generator(np.random.MT19937(seed))

    def draw(n_in, n_out):
        # Box and Muller: the radius and the angle of a normal point of the plane are easy to draw.
        radius = np.sqrt(-2 * np.log(1 - generator.random((n_in, n_out))))
        return radius * np.cos(2 * np.pi * generator.random((n_in, n_out))) / np.sqrt(n_in)

    return [(draw(n_in, n_out), np.zeros(n_out)) for n_in, n_out in pairwise(layer_sizes)]


@alternative("initialize")
def from_the_inverse_distribution(layer_sizes, seed):
    if len(layer_sizes) < 2:
        return []
    generator = np.random.default_rng([seed, len(layer_sizes)])
    n_in, n_out = layer_sizes[0], layer_sizes[1]
    layer = (special.ndtri(generator.random((n_in, n_out))) / np.sqrt(n_in), np.zeros(n_out))
    return [layer, *from_the_inverse_distribution(layer_sizes[1:], seed)]


@alternative("initialize")
def with_the_global_generator(layer_sizes, seed):
    np.random.seed(seed)
    network = []
    for layer in range(1, len(layer_sizes)):
        W = np.random.randn(layer_sizes[layer - 1], layer_sizes[layer]) / np.sqrt(layer_sizes[layer - 1])
        network.append((W, np.zeros(layer_sizes[layer])))
    return network


@alternative("initialize")
def from_a_bell_for_each_layer(layer_sizes, seed):
    network = []
    for layer, (n_in, n_out) in enumerate(pairwise(map(int, layer_sizes))):
        bell = NormalDist(sigma=n_in**-0.5)
        W = np.reshape(bell.samples(n_in * n_out, seed=f"{seed}, {layer}"), (n_in, n_out))
        network.append((W, np.full(n_out, 0.0)))
    return network


@alternative("initialize")
def one_unit_after_another(layer_sizes, seed):
    generator = np.random.default_rng(seed)
    network, n_in = [], int(layer_sizes[0])
    for n_out in layer_sizes[1:]:
        arriving = [generator.normal(scale=math.sqrt(1 / n_in), size=n_in) for _ in range(n_out)]
        network.append((np.column_stack(arriving), np.zeros(len(arriving))))
        n_in = int(n_out)
    return network


@alternative("layer_forward")
def with_scalars(x, W, b, activation):
    if np.ndim(x) == 2:
        return [with_scalars(row, W, b, activation) for row in x]
    sums = [sum(x[i] * W[i][j] for i in range(len(x))) + b[j] for j in range(len(b))]
    if activation == "linear":
        return sums
    if activation == "relu":
        return [a if a > 0 else 0 for a in sums]
    if activation == "tanh":
        return [math.tanh(a) for a in sums]
    if activation == "sigmoid":
        return [1 / (1 + math.exp(-a)) if a >= 0 else math.exp(a) / (1 + math.exp(a)) for a in sums]
    if activation == "softmax":
        exponentials = [math.exp(a - max(sums)) for a in sums]
        return [value / sum(exponentials) for value in exponentials]
    raise ValueError(activation)


@alternative("layer_forward")
def with_scipy_and_einsum(x, W, b, activation):
    a = np.einsum("...i,ij->...j", np.asarray(x), np.asarray(W)) + np.asarray(b)
    match activation:
        case "linear":
            return a
        case "sigmoid":
            return special.expit(a)
        case "tanh":
            return 2 * special.expit(2 * a) - 1
        case "relu":
            return (a + np.abs(a)) / 2
        case "softmax":
            return special.softmax(a, axis=-1)
    raise ValueError(f"no activation {activation}")


@alternative("layer_forward")
def with_the_bias_as_a_weight(x, W, b, activation):
    x = np.asarray(x, dtype=float)
    weights = np.vstack([W, b])
    batch = np.atleast_2d(x)
    a = np.hstack([batch, np.ones((len(batch), 1))]) @ weights
    functions = {"linear": lambda a: a, "sigmoid": sigmoid, "tanh": np.tanh, "relu": relu, "softmax": softmax}
    try:
        y = functions[activation](a)
    except KeyError:
        raise ValueError(f"no activation is called {activation}") from None
    return y if x.ndim == 2 else y[0]


@alternative("layer_forward")
def with_columns(x, W, b, activation):
    if activation not in ("linear", "sigmoid", "tanh", "relu", "softmax"):
        raise ValueError("wrong activation")
    a = (np.transpose(W) @ np.transpose(x)).T + b
    if activation == "sigmoid":
        a = 0.5 * (1 + np.tanh(0.5 * a))
    elif activation == "tanh":
        a = np.tanh(a)
    elif activation == "relu":
        a = np.where(a > 0, a, 0)
    elif activation == "softmax":
        a = np.exp(a - special.logsumexp(a, axis=-1, keepdims=True))
    return a


@alternative("layer_forward")
def with_a_method_for_each_activation(x, W, b, activation):
    class Activations:
        def linear(self, a):
            return a

        def sigmoid(self, a):
            return np.exp(-np.logaddexp(0, -a))

        def tanh(self, a):
            return 1 - 2 * self.sigmoid(-2 * a)

        def relu(self, a):
            return a.clip(min=0)

        def softmax(self, a):
            exponentials = np.exp(a - np.max(a, axis=-1, keepdims=True))
            return exponentials / np.linalg.norm(exponentials, ord=1, axis=-1, keepdims=True)

    method = getattr(Activations(), activation, None) if activation else None
    if method is None:
        raise ValueError(f"{activation!r} is no activation")
    return method(np.tensordot(x, W, axes=1) + b)


@alternative("layer_forward")
def one_unit_at_a_time(x, W, b, activation):
    x, weights = np.asarray(x), np.transpose(W)
    units = [np.dot(x, weights[j]) + b[j] for j in range(len(b))]
    if activation == "softmax":
        # Each unit against all others, itself among them.
        return np.stack([1 / sum(np.exp(np.minimum(u - unit, 700)) for u in units) for unit in units], axis=-1)
    if activation == "relu":
        units = [(unit > 0) * unit for unit in units]
    elif activation in ("sigmoid", "tanh"):
        # σ(a) = (1 + tanh(a/2)) / 2
        scale, shift = (0.5, 0.5) if activation == "sigmoid" else (1, 0)
        units = [scale * np.tanh(scale * unit) + shift for unit in units]
    elif activation != "linear":
        raise ValueError("expected linear, sigmoid, tanh, relu or softmax, not " + activation)
    return np.stack(units, axis=-1)


@alternative("forward")
def by_recursion(x, network, activations):
    if len(network) == 0:
        return [x]
    W, b = network[0]
    y = layer_forward(x, W, b, activations[0])
    return [x, *by_recursion(y, network[1:], activations[1:])]


@alternative("forward")
def by_accumulating(x, network, activations):
    def step(y, layer):
        (W, b), activation = layer
        return layer_forward(y, W, b, activation)

    return tuple(accumulate(zip(network, activations, strict=True), step, initial=x))


@alternative("forward")
def with_its_own_layers(x, network, activations):
    outputs = [np.array(x, dtype=float)]
    for index in range(len(network)):
        W, b = network[index]
        a = np.dot(outputs[index], W) + b
        if activations[index] == "sigmoid":
            a = special.expit(a)
        elif activations[index] == "tanh":
            a = np.tanh(a)
        elif activations[index] == "relu":
            a = a * (a > 0)
        elif activations[index] == "softmax":
            a = special.softmax(a, axis=-1)
        outputs.append(a)
    return outputs


@alternative("forward")
def sample_by_sample(x, network, activations):
    batch = np.atleast_2d(np.asarray(x, dtype=float))
    outputs = [[] for _ in range(len(network) + 1)]
    for row in batch:
        y = row
        outputs[0].append(y.tolist())
        for layer, (W, b) in enumerate(network):
            y = layer_forward(y, W, b, activations[layer])
            outputs[layer + 1].append(y.tolist())
    return outputs if np.ndim(x) == 2 else [rows[0] for rows in outputs]


@alternative("forward")
def with_a_cache_by_name(x, network, activations):
    cache = {"y0": np.asarray(x)}
    for layer in range(1, len(network) + 1):
        W, b = network[layer - 1]
        cache[f"y{layer}"] = layer_forward(cache[f"y{layer - 1}"], W, b, activations[layer - 1])
    return [cache[f"y{layer}"] for layer in range(len(network) + 1)]


@alternative("forward")
def as_they_come(x, network, activations):
    def outputs():
        y = x
        yield y
        for (W, b), activation in zip(network, activations, strict=True):
            y = layer_forward(y, W, b, activation)
            yield y

    return [*outputs()]


@alternative("forward")
def with_reduce(x, network, activations):
    def longer(outputs, layer):
        parameters, activation = layer
        return [*outputs, layer_forward(outputs[-1], parameters[0], parameters[1], activation)]

    return reduce(longer, zip(network, activations, strict=True), [np.array(x)])


@alternative("errors")
def with_subtract(y, t):
    return np.subtract(y, t)


@alternative("errors")
def by_adding_the_opposite(y, t):
    return np.asarray(y) + (-1) * np.asarray(t)


@alternative("errors")
def number_by_number(y, t):
    if np.ndim(y) == 0:
        return y - t
    return [number_by_number(output, target) for output, target in zip(y, t, strict=True)]


@alternative("errors")
def with_a_copy(y, t):
    result = np.array(y, dtype=float)
    result -= t
    return result


@alternative("errors")
def with_a_difference_along_an_axis(y, t):
    return np.diff(np.stack([t, y]), axis=0)[0]


@alternative("errors")
def as_a_contraction(y, t):
    return np.einsum("s,s...->...", [1.0, -1.0], np.array([y, t]))


@alternative("errors")
def flat_and_back_again(y, t):
    differences = list(map(operator.sub, np.ravel(y), np.ravel(t)))
    return np.reshape(differences, np.shape(y))


@alternative("squared_loss")
def with_loops(y, t):
    if np.ndim(y) == 1:
        y, t = [y], [t]
    total = 0
    for outputs, targets in zip(y, t, strict=True):
        for output, target in zip(outputs, targets, strict=True):
            total += (output - target) ** 2 / 2
    return total / len(y)


@alternative("squared_loss")
def with_einsum(y, t):
    difference = np.atleast_2d(np.subtract(y, t))
    return np.einsum("ij,ij->", difference, difference) / (2 * len(difference))


@alternative("squared_loss")
def with_norms(y, t):
    lengths = np.linalg.norm(np.asarray(y) - np.asarray(t), axis=-1)
    return np.mean(lengths**2) / 2


@alternative("squared_loss")
def by_expanding_the_square(y, t):
    y, t = np.atleast_2d(y), np.atleast_2d(t)
    samples = 0.5 * (y * y).sum(axis=1) - (y * t).sum(axis=1) + 0.5 * (t * t).sum(axis=1)
    return samples.mean()


@alternative("squared_loss")
def from_the_mean_of_all(y, t):
    y = np.asarray(y)
    return np.mean(np.square(y - t)) * y.shape[-1] / 2


@alternative("squared_loss")
def with_the_trace(y, t):
    # On the diagonal of D Dᵀ stands each sample with itself.
    differences = np.atleast_2d(y) - np.atleast_2d(t)
    return np.trace(differences @ differences.T) / len(differences) / 2


@alternative("squared_loss")
def with_distances(y, t):
    pairs = zip(np.atleast_2d(y).tolist(), np.atleast_2d(t).tolist(), strict=True)
    return fmean(math.dist(outputs, targets) ** 2 for outputs, targets in pairs) / 2


@alternative("squared_loss")
def from_the_spread_and_the_mean(y, t):
    # The mean of the squares is the variance and the square of the mean.
    differences = np.subtract(y, t)
    return np.shape(y)[-1] * (np.var(differences) + np.mean(differences) ** 2) / 2
