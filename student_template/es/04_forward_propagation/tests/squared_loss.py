from otter.test_files import test_case

OK_FORMAT = False

name = "squared_loss"
points = None

@test_case(points=0.5, hidden=False)
def lecture_example(squared_loss):
    import numpy as np
    from capas_check import call
    call(squared_loss, np.array([0.1, 0.2, 0.7]), np.array([0.0, 0.0, 1.0])).returns(0.07)

@test_case(points=0.5, hidden=False)
def mean_of_two_samples(squared_loss):
    import numpy as np
    from capas_check import call
    y = np.array([[0.1, 0.2, 0.7], [0.5, 0.25, 0.25]])
    t = np.array([[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]])
    call(squared_loss, y, t).returns(0.12875)

