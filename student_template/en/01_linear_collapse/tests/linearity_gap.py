from otter.test_files import test_case

OK_FORMAT = False

name = "linearity_gap"
points = None

@test_case(points=0.5, hidden=False)
def absolute_values_by_hand(linearity_gap):
    import numpy as np
    from capas_check import call

    def absolute(x):
        return np.abs(np.asarray(x))
    call(linearity_gap, absolute, np.array([2.0, -1.0]), np.array([-3.0, 4.0])).returns(4)

@test_case(points=0.25, hidden=False)
def one_layer_by_hand(linearity_gap):
    import numpy as np
    from capas_check import call

    def affine(x):
        return np.asarray(x) @ np.array([[1.0, 0.0, -1.0], [3.0, 1.0, 2.0]]) + np.array([0.5, -1.0, 2.0])
    call(linearity_gap, affine, np.array([1.0, 2.0]), np.array([0.0, 1.0])).returns(0)

