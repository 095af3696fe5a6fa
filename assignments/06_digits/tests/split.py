"""Cases of `split`: whatever the order that is drawn, each picture goes with its digit, and to one side only."""

import numpy as np
from otter.test_files import test_case

from capas_check import call, require

OK_FORMAT = False
name = "split"
points = 2


def numbered(count):
    """Return pictures whose first number says which they are, and digits that follow from it."""
    numbers = np.arange(count)
    return np.stack([numbers, numbers**2 % 17, 16 - numbers % 13], axis=1), numbers * 7 % 10


def four_arrays(split, pictures, digits, count, seed):
    """Return the finished call, its four arrays, and the numbers of the pictures on each side."""
    done = call(split, pictures, digits, count, seed)
    parts = done.value
    right = isinstance(parts, tuple | list) and len(parts) == 4
    require(
        right,
        es="{done} devuelve {parts}; se esperaban cuatro arreglos.",
        en="{done} returns {parts}; four arrays were expected.",
        done=done,
        parts=parts,
    )
    parts = [np.asarray(part) for part in parts]
    rest = len(digits) - count
    shapes = [(rest, pictures.shape[1]), (rest,), (count, pictures.shape[1]), (count,)]
    found = [part.shape for part in parts]
    require(
        found == shapes,
        es="{done}: los cuatro arreglos tienen formas {found}; se esperaban {shapes}.",
        en="{done}: the four arrays have shapes {found}; {shapes} were expected.",
        done=done,
        found=found,
        shapes=shapes,
    )
    return done, parts, (parts[0][:, 0].tolist(), parts[2][:, 0].tolist())


def none_lost_and_none_twice(done, sides, count):
    """State that each picture is on one side, once."""
    both = sorted(set(sides[0]) & set(sides[1]))
    require(
        not both,
        es="{done} pone imágenes en los dos lados: la red se examinaría con lo que ya vio.",
        en="{done} puts pictures on both sides: the network would be examined on what it has seen.",
        done=done,
    )
    require(
        sorted(sides[0] + sides[1]) == list(range(count)),
        es="{done} pierde imágenes o las repite: cada una va a un lado, una vez.",
        en="{done} loses pictures or repeats them: each goes to one side, once.",
        done=done,
    )


@test_case(points=0.5)
def twelve_pictures(split):
    pictures, digits = numbered(12)
    done, _, sides = four_arrays(split, pictures, digits, 4, 0)
    none_lost_and_none_twice(done, sides, 12)


@test_case(points=0.5)
def each_picture_with_its_digit(split):
    pictures, digits = numbered(20)
    done, parts, _ = four_arrays(split, pictures, digits, 8, 1)
    together = all(np.array_equal(parts[at + 1], digits[parts[at][:, 0].astype(int)]) for at in (0, 2))
    require(
        together,
        es="{done} separa las imágenes de sus dígitos: la fila i de unas ya no es la de los otros.",
        en="{done} takes pictures apart from their digits: row i of the ones is no longer that of the others.",
        done=done,
    )


@test_case(points=0.25, hidden=True)
def by_chance(split):
    pictures, digits = numbered(300)
    # In order, as the data lie in the file: the last 100 would be other digits than the first.
    done, _, (training, validation) = four_arrays(split, pictures, np.sort(digits), 100, 2)
    require(
        min(validation) < 100 and 100 <= np.median(validation) < 200 and max(validation) >= 200,
        es="{done} no elige al azar: en validación faltan imágenes de todo el archivo.",
        en="{done} does not choose by chance: validation lacks pictures from all over the file.",
        done=done,
    )
    none_lost_and_none_twice(done, (training, validation), 300)


@test_case(points=0.25, hidden=True)
def the_seed_decides(split):
    pictures, digits = numbered(40)
    done, first, sides = four_arrays(split, pictures, digits, 10, 3)
    _, again, _ = four_arrays(split, pictures, digits, 10, 3)
    same = all(np.array_equal(one, other) for one, other in zip(first, again, strict=True))
    require(
        same,
        es="{done}, dos veces, da dos repartos distintos: la misma semilla debe dar el mismo.",
        en="{done}, twice, gives two splits: the same seed is to give the same.",
        done=done,
    )
    others = [set(four_arrays(split, pictures, digits, 10, seed)[2][1]) for seed in (4, 5)]
    require(
        any(set(sides[1]) != other for other in others),
        es="{done} reparte igual con otra semilla.",
        en="{done} splits in the same way with another seed.",
        done=done,
    )


@test_case(points=0.25, hidden=True)
def all_and_none(split):
    pictures, digits = numbered(6)
    for count in (0, 1, 6):
        done, parts, sides = four_arrays(split, pictures, digits, count, 6)
        none_lost_and_none_twice(done, sides, 6)
        together = all(np.array_equal(parts[at + 1], digits[parts[at][:, 0].astype(int)]) for at in (0, 2))
        require(
            together, es="{done} separa imágenes y dígitos.", en="{done} takes pictures and digits apart.", done=done
        )


@test_case(points=0.25, hidden=True)
def leaves_its_arguments_alone(split):
    pictures, digits = numbered(30)
    done, parts, sides = four_arrays(split, pictures, digits, 12, 7)
    none_lost_and_none_twice(done, sides, 30)
    done.returns(tuple(parts)).leaves_arguments()
    call(split, pictures.tolist(), digits.tolist(), 12, 7).returns(tuple(parts))
