from otter.test_files import test_case

OK_FORMAT = False

name = "confusion_matrix"
points = None

@test_case(points=0.25, hidden=False)
def six_pictures(confusion_matrix):
    import numpy as np
    from capas_check import call
    digits, guesses = (np.array([0, 1, 1, 2, 2, 2]), np.array([0, 1, 2, 2, 2, 0]))
    call(confusion_matrix, digits, guesses, 3).returns([[1, 0, 0], [0, 1, 1], [1, 0, 2]])

