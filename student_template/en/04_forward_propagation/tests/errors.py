from otter.test_files import test_case

OK_FORMAT = False

name = "errors"
points = None

@test_case(points=0.25, hidden=False)
def lecture_example(errors):
    import numpy as np
    from capas_check import call
    call(errors, np.array([0.1, 0.2, 0.7]), np.array([0.0, 0.0, 1.0])).returns([0.1, 0.2, -0.3])

@test_case(points=0.25, hidden=False)
def two_samples(errors):
    import numpy as np
    from capas_check import call
    y = np.array([[0.1, 0.2, 0.7], [0.5, 0.25, 0.25]])
    t = np.array([[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]])
    call(errors, y, t).returns([[0.1, 0.2, -0.3], [-0.5, 0.25, 0.25]])

