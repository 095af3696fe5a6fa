from otter.test_files import test_case

OK_FORMAT = False

name = "sigmoid"
points = None

@test_case(points=0.5, hidden=False)
def by_hand(sigmoid):
    import numpy as np
    from capas_check import call
    call(sigmoid, np.log([1.0, 3.0, 1 / 3, 4.0])).returns([0.5, 0.75, 0.25, 0.8])

@test_case(points=0.25, hidden=False)
def two_rows(sigmoid):
    import numpy as np
    from capas_check import call
    expected = [[0.5, 0.7311, 0.8808], [0.2689, 0.1192, 0.0474]]
    call(sigmoid, np.array([[0.0, 1.0, 2.0], [-1.0, -2.0, -3.0]])).returns(expected, rtol=0, atol=0.0001)

