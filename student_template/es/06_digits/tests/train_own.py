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

    def as_numbers(value, finite=True):
        """Return what is an array of numbers as one, else None, as of a pair of arrays of different shapes."""
        try:
            array = np.asarray(value)
        except ValueError:
            return None
        return array if array.dtype.kind in 'biuf' and (not finite or np.all(np.isfinite(array))) else None

    def trained_once(train_own):
        """Return the one training that all cases look at, and its arrays; they are finite numbers and few enough."""
        pictures, digits = public_digits()
        done = once(train_own, pictures, digits, SEED)
        value = done.value
        require(isinstance(value, tuple | list) and len(value) == 2 and isinstance(value[0], tuple | list), es='{done} no devuelve (parameters, losses), con una lista de arreglos en parameters.', en='{done} does not return (parameters, losses), with a list of arrays in parameters.', done=done)
        arrays = [as_numbers(array) for array in value[0]]
        wrong = next((place for place, array in enumerate(arrays) if array is None), -1)
        require(wrong < 0, es='{done}: parameters[{wrong}] no es un arreglo de números finitos. Una pareja (W, b) son dos arreglos: ponlos uno tras otro.', en='{done}: parameters[{wrong}] is no array of finite numbers. A pair (W, b) is two arrays: put one after the other.', done=done, wrong=wrong)
        measure('parameters', sum((array.size for array in arrays)), es='parámetros').at_most(BUDGET)
        return (done, arrays)

    def is_curve(losses):
        """Tell whether it is a list of numbers."""
        array = as_numbers(losses, finite=False)
        return array is not None and array.ndim == 1
    done, _ = trained_once(train_own)
    require(is_curve(done.value[1]), es='{done}: losses no es una lista de números, uno por época.', en='{done}: losses is no list of numbers, one for each epoch.', done=done)
    measure('losses', done.value[1], es='pérdidas')

