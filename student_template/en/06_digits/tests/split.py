from otter.test_files import test_case

OK_FORMAT = False

name = "split"
points = None

@test_case(points=0.5, hidden=False)
def twelve_pictures(split):
    import numpy as np
    from capas_check import call, require

    def numbered(count):
        """Return pictures whose first number says which they are, and digits that follow from it."""
        numbers = np.arange(count)
        return (np.stack([numbers, numbers ** 2 % 17, 16 - numbers % 13], axis=1), numbers * 7 % 10)

    def four_arrays(split, pictures, digits, count, seed):
        """Return the finished call, its four arrays, and the numbers of the pictures on each side."""
        done = call(split, pictures, digits, count, seed)
        parts = done.value
        right = isinstance(parts, tuple | list) and len(parts) == 4
        require(right, es='{done} devuelve {parts}; se esperaban cuatro arreglos.', en='{done} returns {parts}; four arrays were expected.', done=done, parts=parts)
        parts = [np.asarray(part) for part in parts]
        rest = len(digits) - count
        shapes = [(rest, pictures.shape[1]), (rest,), (count, pictures.shape[1]), (count,)]
        found = [part.shape for part in parts]
        require(found == shapes, es='{done}: los cuatro arreglos tienen formas {found}; se esperaban {shapes}.', en='{done}: the four arrays have shapes {found}; {shapes} were expected.', done=done, found=found, shapes=shapes)
        return (done, parts, (parts[0][:, 0].tolist(), parts[2][:, 0].tolist()))

    def none_lost_and_none_twice(done, sides, count):
        """State that each picture is on one side, once."""
        both = sorted(set(sides[0]) & set(sides[1]))
        require(not both, es='{done} pone imágenes en los dos lados: la red se examinaría con lo que ya vio.', en='{done} puts pictures on both sides: the network would be examined on what it has seen.', done=done)
        require(sorted(sides[0] + sides[1]) == list(range(count)), es='{done} pierde imágenes o las repite: cada una va a un lado, una vez.', en='{done} loses pictures or repeats them: each goes to one side, once.', done=done)
    pictures, digits = numbered(12)
    done, _, sides = four_arrays(split, pictures, digits, 4, 0)
    none_lost_and_none_twice(done, sides, 12)

@test_case(points=0.5, hidden=False)
def each_picture_with_its_digit(split):
    import numpy as np
    from capas_check import call, require

    def numbered(count):
        """Return pictures whose first number says which they are, and digits that follow from it."""
        numbers = np.arange(count)
        return (np.stack([numbers, numbers ** 2 % 17, 16 - numbers % 13], axis=1), numbers * 7 % 10)

    def four_arrays(split, pictures, digits, count, seed):
        """Return the finished call, its four arrays, and the numbers of the pictures on each side."""
        done = call(split, pictures, digits, count, seed)
        parts = done.value
        right = isinstance(parts, tuple | list) and len(parts) == 4
        require(right, es='{done} devuelve {parts}; se esperaban cuatro arreglos.', en='{done} returns {parts}; four arrays were expected.', done=done, parts=parts)
        parts = [np.asarray(part) for part in parts]
        rest = len(digits) - count
        shapes = [(rest, pictures.shape[1]), (rest,), (count, pictures.shape[1]), (count,)]
        found = [part.shape for part in parts]
        require(found == shapes, es='{done}: los cuatro arreglos tienen formas {found}; se esperaban {shapes}.', en='{done}: the four arrays have shapes {found}; {shapes} were expected.', done=done, found=found, shapes=shapes)
        return (done, parts, (parts[0][:, 0].tolist(), parts[2][:, 0].tolist()))
    pictures, digits = numbered(20)
    done, parts, _ = four_arrays(split, pictures, digits, 8, 1)
    together = all((np.array_equal(parts[at + 1], digits[parts[at][:, 0].astype(int)]) for at in (0, 2)))
    require(together, es='{done} separa las imágenes de sus dígitos: la fila i de unas ya no es la de los otros.', en='{done} takes pictures apart from their digits: row i of the ones is no longer that of the others.', done=done)

