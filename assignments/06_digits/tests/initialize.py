"""Cases of `initialize`: what holds of the numbers, however they are drawn."""

import math
from itertools import pairwise

import numpy as np
from otter.test_files import test_case

from capas_check import call, require

OK_FORMAT = False
name = "initialize"
points = 2


def layers_of(initialize, layer_sizes, seed):
    """Return the finished call and its layers, after looking at their shapes."""
    done = call(initialize, layer_sizes, seed)
    network = done.value
    wanted = [((n_in, n_out), (n_out,)) for n_in, n_out in pairwise(layer_sizes)]
    pairs = isinstance(network, list | tuple) and all(
        isinstance(layer, list | tuple) and len(layer) == 2 for layer in network
    )
    require(
        pairs,
        es="{done} no devuelve una lista de parejas (W, b).",
        en="{done} does not return a list of pairs (W, b).",
        done=done,
    )
    found = [(np.shape(W), np.shape(b)) for W, b in network]
    require(
        found == wanted,
        es="{done}: las formas de (W, b) son {found}; se esperaban {wanted}.",
        en="{done}: the shapes of (W, b) are {found}; {wanted} were expected.",
        done=done,
        found=found,
        wanted=wanted,
    )
    network = [(np.asarray(W, dtype=float), np.asarray(b, dtype=float)) for W, b in network]
    require(
        all(np.all(np.isfinite(W)) and np.all(np.isfinite(b)) for W, b in network),
        es="{done}: hay pesos o sesgos que no son números finitos.",
        en="{done}: some weights or biases are no finite numbers.",
        done=done,
    )
    return done, network


@test_case(points=0.25)
def shapes_of_each_layer(initialize):
    layers_of(initialize, [64, 32, 10], 0)
    layers_of(initialize, [3, 2], 1)


@test_case(points=0.25)
def biases_at_zero(initialize):
    done, network = layers_of(initialize, [8, 5, 3], 0)
    require(
        all(np.all(b == 0) for _, b in network),
        es="{done}: los sesgos empiezan en cero.",
        en="{done}: biases begin at zero.",
        done=done,
    )


@test_case(points=0.25)
def no_two_units_alike(initialize):
    done, network = layers_of(initialize, [6, 4, 3], 2)
    alike = any(len({tuple(unit) for unit in W.T.tolist()}) < W.shape[1] for W, _ in network)
    require(
        not alike,
        es="{done}: hay unidades con los mismos pesos, y seguirán iguales para siempre.",
        en="{done}: some units have the same weights, and will stay alike for ever.",
        done=done,
    )


@test_case(points=0.5, hidden=True)
def how_far_from_zero(initialize):
    for layer_sizes, seed in (([64, 50, 10], 3), ([200, 20], 4), ([30, 300, 5], 5)):
        done, network = layers_of(initialize, layer_sizes, seed)
        for number, (W, _) in enumerate(network, start=1):
            bound, largest = math.sqrt(6 / sum(W.shape)), float(np.abs(W).max())
            # Of so many numbers one comes near the bound, nearly always.
            require(
                0.93 * bound < largest <= bound,
                es="{done}: en la capa {number} el peso más lejano de 0 está a {largest}; r es {bound}.",
                en="{done}: in layer {number} the weight furthest from 0 is at {largest}; r is {bound}.",
                done=done,
                number=number,
                largest=round(largest, 4),
                bound=round(bound, 4),
            )


@test_case(points=0.25, hidden=True)
def as_many_everywhere(initialize):
    done, network = layers_of(initialize, [100, 80, 40], 6)
    for number, (W, _) in enumerate(network, start=1):
        bound = math.sqrt(6 / sum(W.shape))
        shares = np.histogram(W, bins=4, range=(-bound, bound))[0] / W.size
        # A quarter each, and 3200 numbers are within 4 of 100 of that with a chance that leaves no doubt.
        require(
            bool(np.all(np.abs(shares - 0.25) < 0.04)),
            es="{done}: en la capa {number} los pesos no se reparten por igual entre −r y r.",
            en="{done}: in layer {number} the weights do not lie evenly between −r and r.",
            done=done,
            number=number,
        )


@test_case(points=0.25, hidden=True)
def the_seed_decides(initialize):
    done, first = layers_of(initialize, [7, 6, 4], 8)
    _, again = layers_of(initialize, [7, 6, 4], 8)
    _, other = layers_of(initialize, [7, 6, 4], 9)
    same = all(np.array_equal(W, V) for (W, _), (V, _) in zip(first, again, strict=True))
    require(
        same,
        es="{done}, dos veces, da dos redes distintas: la misma semilla debe dar la misma.",
        en="{done}, twice, gives two networks: the same seed is to give the same.",
        done=done,
    )
    require(
        not any(np.array_equal(W, V) for (W, _), (V, _) in zip(first, other, strict=True)),
        es="{done} da la misma red que otra semilla.",
        en="{done} gives the same network as another seed.",
        done=done,
    )


@test_case(points=0.25, hidden=True)
def layers_of_one_shape(initialize):
    done, network = layers_of(initialize, [5, 5, 5, 5], 10)
    different = {tuple(W.ravel().tolist()) for W, _ in network}
    require(
        len(different) == len(network),
        es="{done}: capas distintas tienen los mismos pesos.",
        en="{done}: different layers have the same weights.",
        done=done,
    )
