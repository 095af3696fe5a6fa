from otter.test_files import test_case

OK_FORMAT = False

name = "sigmoid_derivative"
points = None

@test_case(points=0.5, hidden=False)
def by_hand(sigmoid_derivative):
    import numpy as np
    from capas_check import call
    call(sigmoid_derivative, np.log([1.0, 3.0, 1 / 3, 4.0])).returns([0.25, 0.1875, 0.1875, 0.16])

@test_case(points=0.25, hidden=False)
def two_rows(sigmoid_derivative):
    import numpy as np
    from capas_check import call
    expected = [[0.25, 0.1966, 0.105], [0.1966, 0.105, 0.0452]]
    call(sigmoid_derivative, np.array([[0.0, 1.0, 2.0], [-1.0, -2.0, -3.0]])).returns(expected, rtol=0, atol=0.0001)

