"""Cases of `initialize`: any generator of normal numbers is right, so they state what all of them share."""

import math

import numpy as np
from otter.test_files import test_case

from capas_check import call, require

OK_FORMAT = False
name = "initialize"
points = 4

# How many standard errors a sample may stray: a right solution passes this far out once in 500 million.
ALLOWED = 6


def check_network(finished, shapes):
    """State that the result is a network with weights of these shapes and biases zero; return the weights."""
    # Stand-ins for the weights: with this tolerance only the list, its pairs and the shapes are compared.
    stand_ins = [(np.linspace(-0.5, 0.5, n_in * n_out).reshape(n_in, n_out), np.zeros(n_out)) for n_in, n_out in shapes]
    finished.returns(stand_ins, rtol=0, atol=1e6)
    for layer, (_, b) in enumerate(finished.value):
        require(
            not np.any(b),
            es="{call}: los sesgos del par {layer} son {b}; se esperaban solo ceros.",
            en="{call}: the biases of pair {layer} are {b}; only zeros were expected.",
            call=finished,
            layer=layer,
            b=b,
        )
    return [np.asarray(W, dtype=float) for W, _ in finished.value]


def check_all_unlike(finished, weights):
    """State that the weights of each layer are different numbers, as drawn numbers are."""
    for layer, W in enumerate(weights):
        # In single precision a few of many thousands of drawn numbers may coincide.
        different = len(np.unique(W))
        require(
            different > 0.99 * W.size,
            es="{call}: la W del par {layer} tiene {size} pesos; números distintos entre ellos: {different}. "
            "Los pesos se sacan al azar, uno por uno.",
            en="{call}: the W of pair {layer} has {size} weights; different numbers among them: {different}. "
            "Weights are drawn at random, one by one.",
            call=finished,
            layer=layer,
            size=W.size,
            different=different,
        )


def equal(weights, others):
    """Tell whether two networks have the same weights."""
    return all(np.array_equal(W, other) for W, other in zip(weights, others, strict=True))


@test_case(points=0.5)
def shapes_and_zero_biases(initialize):
    check_network(call(initialize, [3, 5, 4, 2], 7), [(3, 5), (5, 4), (4, 2)])


@test_case(points=0.5)
def same_seed_same_network(initialize):
    shapes = [(3, 4), (4, 2)]
    first, other, again = (call(initialize, [3, 4, 2], seed) for seed in (7, 8, 7))
    weights = check_network(first, shapes)
    check_all_unlike(first, weights)
    require(
        equal(weights, check_network(again, shapes)),
        es="{first} devolvió dos redes distintas al llamarla dos veces; con la misma semilla debe ser la misma.",
        en="{first} returned two different networks when called twice; the same seed must give the same one.",
        first=first,
    )
    require(
        not equal(weights, check_network(other, shapes)),
        es="{first} y {other} devolvieron la misma red; otra semilla debe dar otra red.",
        en="{first} and {other} returned the same network; another seed must give another one.",
        first=first,
        other=other,
    )


@test_case(points=0.5, hidden=True)
def networks_of_many_forms(initialize):
    examples = [
        ([8, 9, 9, 9, 4], [(8, 9), (9, 9), (9, 9), (9, 4)]),
        ([5, 2], [(5, 2)]),
        ((2, 6, 1, 3), [(2, 6), (6, 1), (1, 3)]),
        (np.array([1, 7, 4]), [(1, 7), (7, 4)]),
    ]
    for layer_sizes, shapes in examples:
        finished = call(initialize, layer_sizes, 42)
        check_all_unlike(finished, check_network(finished, shapes))
        finished.leaves_arguments()


@test_case(points=1, hidden=True)
def mean_and_standard_deviation(initialize):
    # From 900 weights a layer up: the standard deviation is then known to within 15 %. In layers of such unlike sizes
    # 1/n_in, 1/sqrt(n_out), sqrt(2/n_in) and sqrt(2/(n_in + n_out)) are all further from 1/sqrt(n_in); of 2 inputs,
    # where 1/sqrt(n_in + 1) is off by 18 %, it is known to within 10 %.
    for layer_sizes in ([20, 90, 10], [2, 1_000, 3]):
        shapes = [(layer_sizes[0], layer_sizes[1]), (layer_sizes[1], layer_sizes[2])]
        finished = call(initialize, layer_sizes, 3)
        weights = check_network(finished, shapes)
        check_all_unlike(finished, weights)
        for layer, W in enumerate(weights):
            deviation = 1 / math.sqrt(len(W))
            require(
                # The mean of n draws has the standard error σ/sqrt(n).
                bool(abs(np.mean(W)) <= ALLOWED * deviation / math.sqrt(W.size)),
                es=f"La media de los pesos del par {layer} es {np.mean(W):.4f}; se esperaba 0.",
                en=f"The mean of the weights of pair {layer} is {np.mean(W):.4f}; expected 0.",
            )
            require(
                # The standard deviation of n normal draws has the standard error σ/sqrt(2n).
                bool(abs(np.std(W) - deviation) <= ALLOWED * deviation / math.sqrt(2 * W.size)),
                es=f"La desviación estándar de los pesos del par {layer} es {np.std(W):.4f}; "
                f"se esperaba {deviation:.4f}.",
                en=f"The standard deviation of the weights of pair {layer} is {np.std(W):.4f}; "
                f"expected {deviation:.4f}.",
            )


@test_case(points=0.5, hidden=True)
def normal_numbers(initialize):
    # One layer of so many weights that even normal numbers cut off at two deviations are told apart.
    finished = call(initialize, [150, 140, 3], 11)
    weights = check_network(finished, [(150, 140), (140, 3)])
    check_all_unlike(finished, weights)
    for layer, W in enumerate(weights):
        distances = np.abs(W - np.mean(W)) / np.std(W)
        for width in (0.5, 1.0, 2.0, 3.0):
            # A normal number lies within k standard deviations with probability erf(k/√2): 68 % for one, and
            # only 58 % for numbers spread evenly. A share of n draws has the standard error sqrt(p(1 − p)/n).
            expected = math.erf(width / math.sqrt(2))
            share = np.mean(distances < width)
            require(
                bool(abs(share - expected) <= ALLOWED * math.sqrt(expected * (1 - expected) / W.size)),
                es=f"A menos de {width} desviaciones de la media está el {share:.1%} de los pesos del par {layer}; "
                f"con números normales sería el {expected:.1%}.",
                en=f"Within {width} deviations of the mean lie {share:.1%} of the weights of pair {layer}; "
                f"with normal numbers it would be {expected:.1%}.",
            )


@test_case(points=0.5, hidden=True)
def every_seed_its_network(initialize):
    shapes = [(6, 5), (5, 3)]
    seeds = (0, 1, 2, 123_456, 0, 2)
    finished = [call(initialize, [6, 5, 3], seed) for seed in seeds]
    networks = [check_network(one, shapes) for one in finished]
    for one, weights in zip(finished, networks, strict=True):
        check_all_unlike(one, weights)
    for i, seed in enumerate(seeds):
        for j in range(i):
            require(
                equal(networks[i], networks[j]) == (seed == seeds[j]),
                es=f"Las semillas {seeds[j]} y {seed} deben dar la misma red solo si son la misma semilla.",
                en=f"Seeds {seeds[j]} and {seed} must give the same network only if they are the same seed.",
            )


@test_case(points=0.5, hidden=True)
def every_layer_its_numbers(initialize):
    for layer_sizes in ([20, 20, 20], [18, 24, 22]):
        finished = call(initialize, layer_sizes, 5)
        shapes = [(layer_sizes[0], layer_sizes[1]), (layer_sizes[1], layer_sizes[2])]
        first, second = check_network(finished, shapes)
        check_all_unlike(finished, [first, second])
        for order in ("C", "F"):
            # Starting the generator again in each layer repeats its numbers, in the order they were drawn. The
            # correlation of n unrelated numbers has the standard error 1/sqrt(n).
            count = min(first.size, second.size)
            correlation = np.corrcoef(first.ravel(order)[:count], second.ravel(order)[:count])[0, 1]
            require(
                bool(abs(correlation) <= ALLOWED / math.sqrt(count)),
                es="Los pesos de una capa se repiten en la siguiente; cada capa lleva números propios.",
                en="The weights of one layer are repeated in the next; each layer has numbers of its own.",
            )
