from otter.test_files import test_case

OK_FORMAT = False

name = "weight_gradient"
points = None

@test_case(points=0.5, hidden=False)
def one_sample(weight_gradient):
    import numpy as np
    from capas_check import call
    x, delta = (np.array([1.0, 2.0, -1.0]), np.array([0.5, -0.25]))
    call(weight_gradient, x, delta).returns([[0.5, -0.25], [1.0, -0.5], [-0.5, 0.25]])

@test_case(points=0.25, hidden=False)
def two_samples(weight_gradient):
    import numpy as np
    from capas_check import call
    x = np.array([[1.0, 2.0], [3.0, 1.0]])
    delta = np.array([[0.2, 0.0, -0.1], [0.0, 0.4, 0.2]])
    call(weight_gradient, x, delta).returns([[0.1, 0.6, 0.25], [0.2, 0.2, 0.0]])

