from otter.test_files import test_case

OK_FORMAT = False

name = "bias_gradient"
points = None

@test_case(points=0.25, hidden=False)
def one_sample(bias_gradient):
    import numpy as np
    from capas_check import call
    call(bias_gradient, np.array([0.5, -0.25, 0.1])).returns([0.5, -0.25, 0.1])

@test_case(points=0.25, hidden=False)
def three_samples(bias_gradient):
    import numpy as np
    from capas_check import call
    delta = np.array([[0.2, -0.1], [0.3, 0.0], [0.4, 0.7]])
    call(bias_gradient, delta).returns([0.3, 0.2])

