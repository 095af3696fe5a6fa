from otter.test_files import test_case

OK_FORMAT = False

name = "one_hot"
points = None

@test_case(points=0.25, hidden=False)
def three_digits(one_hot):
    import numpy as np
    from capas_check import call
    call(one_hot, np.array([2, 0, 1]), 3).returns([[0.0, 0.0, 1.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])

@test_case(points=0.25, hidden=False)
def ten_classes_by_default(one_hot):
    import numpy as np
    from capas_check import call
    call(one_hot, np.array([7, 9])).returns([[0, 0, 0, 0, 0, 0, 0, 1, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0, 0, 1]])

