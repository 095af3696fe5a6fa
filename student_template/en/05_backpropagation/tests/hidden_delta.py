from otter.test_files import test_case

OK_FORMAT = False

name = "hidden_delta"
points = None

@test_case(points=0.5, hidden=False)
def one_sample(hidden_delta):
    import numpy as np
    from capas_check import call
    W_next = np.array([[1.0, 2.0], [3.0, -1.0], [0.0, 5.0]])
    y = np.array([0.5, 0.2, 0.5])
    call(hidden_delta, np.array([0.1, -0.2]), W_next, y).returns([-0.075, 0.08, -0.25])

@test_case(points=0.5, hidden=False)
def two_samples(hidden_delta):
    import numpy as np
    from capas_check import call
    W_next = np.array([[1.0, 2.0, 0.0], [4.0, -1.0, 1.0]])
    delta_next = np.array([[0.1, 0.2, -0.4], [-0.3, 0.0, 0.5]])
    y = np.array([[0.5, 0.5], [0.8, 0.6]])
    call(hidden_delta, delta_next, W_next, y).returns([[0.125, -0.05], [-0.048, -0.168]])

