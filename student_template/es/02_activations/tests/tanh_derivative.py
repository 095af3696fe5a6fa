from otter.test_files import test_case

OK_FORMAT = False

name = "tanh_derivative"
points = None

@test_case(points=0.5, hidden=False)
def by_hand(tanh_derivative):
    import numpy as np
    from capas_check import call
    call(tanh_derivative, np.log([1.0, 2.0, 0.5, 3.0])).returns([1.0, 0.64, 0.64, 0.36])

@test_case(points=0.25, hidden=False)
def two_rows(tanh_derivative):
    import numpy as np
    from capas_check import call
    expected = [[1.0, 0.7864, 0.42], [0.42, 0.0707, 0.0099]]
    call(tanh_derivative, np.array([[0.0, 0.5, 1.0], [-1.0, -2.0, -3.0]])).returns(expected, rtol=0, atol=0.0001)

