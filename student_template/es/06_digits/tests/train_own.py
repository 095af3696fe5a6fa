from otter.test_files import test_case

OK_FORMAT = False

name = "train_own"
points = None

@test_case(points=0.5, hidden=False)
def within_the_budget(train_own):
    import numpy as np
    from capas_check import call, require
    from capas_check.measures import measure, once
    BUDGET, SEED = (5000, 20)

    def public_digits():
        """Return the pictures and digits that students have."""
        table = np.loadtxt('data/digits.csv', delimiter=',', skiprows=1, dtype=int)
        return (table[:, :64], table[:, 64])

    def trained_once(train_own):
        """Return the one training that all cases look at, and its arrays; they are finite numbers and few enough."""
        pictures, digits = public_digits()
        done = once(train_own, pictures, digits, SEED)
        value = done.value
        require(isinstance(value, tuple | list) and len(value) == 2 and isinstance(value[0], tuple | list), es='{done} no devuelve (parameters, losses), con una lista de arreglos en parameters.', en='{done} does not return (parameters, losses), with a list of arrays in parameters.', done=done)
        arrays = [np.asarray(array) for array in value[0]]
        require(all((array.dtype.kind in 'biuf' and np.all(np.isfinite(array)) for array in arrays)), es='{done}: en parameters hay algo que no es un arreglo de números finitos.', en='{done}: there is something in parameters that is no array of finite numbers.', done=done)
        measure('parameters', sum((array.size for array in arrays)), es='parámetros').at_most(BUDGET)
        return (done, arrays)
    done, _ = trained_once(train_own)
    measure('losses', done.value[1], es='pérdidas')

