from otter.test_files import test_case

OK_FORMAT = False

name = "predict"
points = None

@test_case(points=0.25, hidden=False)
def one_sample(predict):
    import numpy as np
    from capas_check import call
    call(predict, np.array([0.1, 0.2, 0.7])).returns(2)

@test_case(points=0.25, hidden=False)
def three_samples(predict):
    import numpy as np
    from capas_check import call
    batch = np.array([[0.7, 0.1, 0.1, 0.1], [0.1, 0.2, 0.3, 0.4], [0.2, 0.5, 0.2, 0.1]])
    call(predict, batch).returns([0, 3, 1])

