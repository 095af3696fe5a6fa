from otter.test_files import test_case

OK_FORMAT = False

name = "predict_own"
points = None

@test_case(points=0.5, hidden=False)
def a_digit_for_each_picture(train_own, predict_own):
    import numpy as np
    from capas_check import call, require
    from capas_check.measures import once
    LEARNT, SEED = (300, 21)

    def public_digits():
        """Return the pictures and digits that students have."""
        table = np.loadtxt('data/digits.csv', delimiter=',', skiprows=1, dtype=int)
        return (table[:, :64], table[:, 64])

    def classes_of(train_own, predict_own, pictures):
        """Return what is read with what was learnt from a few pictures: whole numbers, 0 to 9."""
        seen, digits = (array[:LEARNT] for array in public_digits())
        trained = once(train_own, seen, digits, SEED)
        require(isinstance(trained.value, tuple | list) and len(trained.value) == 2, es='{trained} no devuelve (parameters, losses).', en='{trained} does not return (parameters, losses).', trained=trained)
        done = call(predict_own, trained.value[0], pictures)
        guesses = done.array((len(pictures),))
        require(bool(np.all(np.isin(guesses, np.arange(10)))), es='{done} devuelve algo que no es un entero de 0 a 9.', en='{done} returns something that is no whole number from 0 to 9.', done=done)
        done.leaves_arguments()
        return guesses
    pictures, digits = (array[:LEARNT] for array in public_digits())
    guesses = classes_of(train_own, predict_own, pictures)
    right = float(np.mean(guesses == digits))
    require(right >= 0.8, es='predict_own acierta {right} de las imágenes con las que tu red acaba de aprender; se espera al menos 0.8.', en='predict_own reads {right} of the pictures right that your network has just learnt from; at least 0.8 is expected.', right=round(right, 3))

