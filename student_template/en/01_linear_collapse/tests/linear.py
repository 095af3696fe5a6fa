from otter.test_files import test_case

OK_FORMAT = False

name = "linear"
points = None

@test_case(points=0.5, hidden=False)
def one_sample_by_hand(linear):
    import numpy as np
    from capas_check import call
    W = np.array([[1.0, 0.0, -1.0], [3.0, 1.0, 2.0]])
    call(linear, np.array([1.0, 2.0]), W, np.array([0.5, -1.0, 2.0])).returns([7.5, 1, 5])

@test_case(points=0.25, hidden=False)
def three_samples_of_integers(linear):
    import numpy as np
    from capas_check import call
    x = np.array([[1, 2], [0, 1], [-1, 0]])
    W = np.array([[1, 0, -1], [3, 1, 2]])
    call(linear, x, W, np.array([0.5, -1.0, 2.0])).returns([[7.5, 1, 5], [3.5, 0, 4], [-0.5, -1, 3]])

