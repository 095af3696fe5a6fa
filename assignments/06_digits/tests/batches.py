"""Cases of `batches`: whatever the order that is drawn, each sample comes once."""

import numpy as np
from otter.test_files import test_case

from capas_check import call, require

OK_FORMAT = False
name = "batches"
points = 1


def batches_of(batches, count, size, seed):
    """Return the finished call and its batches as lists, after looking at their sizes."""
    done = call(batches, count, size, seed)
    sizes = [min(size, count - start) for start in range(0, count, size)]
    value = done.value
    require(
        isinstance(value, list | tuple) and all(np.ndim(batch) == 1 for batch in value),
        es="{done} no devuelve una lista de arreglos, uno por lote.",
        en="{done} does not return a list of arrays, one a batch.",
        done=done,
    )
    found = [len(batch) for batch in value]
    require(
        found == sizes,
        es="{done}: los lotes tienen {found} muestras; se esperaban {sizes}.",
        en="{done}: the batches have {found} samples; {sizes} were expected.",
        done=done,
        found=found,
        sizes=sizes,
    )
    lists = [np.asarray(batch).tolist() for batch in value]
    require(
        sorted(number for batch in lists for number in batch) == list(range(count)),
        es="{done}: cada número de 0 a {last} debe salir una vez, en un solo lote.",
        en="{done}: each number from 0 to {last} is to come once, in one batch only.",
        done=done,
        last=count - 1,
    )
    return done, lists


@test_case(points=0.25)
def ten_samples_by_four(batches):
    batches_of(batches, 10, 4, 0)


@test_case(points=0.25, hidden=True)
def any_size(batches):
    for count, size in ((12, 3), (7, 1), (5, 5), (6, 32), (33, 16)):
        batches_of(batches, count, size, 1)


@test_case(points=0.25, hidden=True)
def shuffled(batches):
    done, lists = batches_of(batches, 200, 50, 2)
    require(
        all(min(batch) < 60 and max(batch) > 140 for batch in lists),
        es="{done} no baraja: cada lote debe tener muestras de todas partes.",
        en="{done} does not shuffle: each batch is to have samples from everywhere.",
        done=done,
    )


@test_case(points=0.25, hidden=True)
def the_seed_decides(batches):
    done, first = batches_of(batches, 30, 8, 3)
    _, again = batches_of(batches, 30, 8, 3)
    _, other = batches_of(batches, 30, 8, 4)
    require(
        first == again,
        es="{done}, dos veces, da lotes distintos: la misma semilla debe dar los mismos.",
        en="{done}, twice, gives other batches: the same seed is to give the same.",
        done=done,
    )
    require(
        first != other,
        es="{done} da los mismos lotes que otra semilla.",
        en="{done} gives the same batches as another seed.",
        done=done,
    )
