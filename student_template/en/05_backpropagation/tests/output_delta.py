from otter.test_files import test_case

OK_FORMAT = False

name = "output_delta"
points = None

@test_case(points=0.5, hidden=False)
def one_sample(output_delta):
    import numpy as np
    from capas_check import call
    call(output_delta, np.array([0.5, 0.8]), np.array([1.0, 0.0])).returns([-0.125, 0.128])

@test_case(points=0.25, hidden=False)
def two_samples(output_delta):
    import numpy as np
    from capas_check import call
    y = np.array([[0.9, 0.4, 0.5], [0.2, 0.6, 0.75]])
    t = np.array([[1.0, 0.0, 0.5], [0.7, 0.1, 1.0]])
    call(output_delta, y, t).returns([[-0.009, 0.096, 0.0], [-0.08, 0.12, -0.046875]])

