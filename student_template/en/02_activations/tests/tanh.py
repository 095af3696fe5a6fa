from otter.test_files import test_case

OK_FORMAT = False

name = "tanh"
points = None

@test_case(points=0.5, hidden=False)
def by_hand(tanh):
    import numpy as np
    from capas_check import call
    call(tanh, np.log([1.0, 2.0, 0.5, 3.0])).returns([0.0, 0.6, -0.6, 0.8])

@test_case(points=0.25, hidden=False)
def two_rows(tanh):
    import numpy as np
    from capas_check import call
    expected = [[0.0, 0.4621, 0.7616], [-0.7616, -0.964, -0.9951]]
    call(tanh, np.array([[0.0, 0.5, 1.0], [-1.0, -2.0, -3.0]])).returns(expected, rtol=0, atol=0.0001)

