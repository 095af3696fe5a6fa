from otter.test_files import test_case

OK_FORMAT = False

name = "collapse"
points = None

@test_case(points=0.25, hidden=False)
def two_by_hand(collapse):
    import numpy as np
    from capas_check import call
    call(collapse, np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[0.0, 1.0], [1.0, 0.0]])).returns([[2, 1], [4, 3]])

@test_case(points=0.5, hidden=False)
def lecture_shapes(collapse):
    import numpy as np
    from capas_check import call
    W1 = np.array([[i] * 9 for i in (1, 2, 3, 4, 5, 6, 7, 8)])
    W2 = np.array([[1, 2, 3, 4]] * 9)
    expected = [[9, 18, 27, 36], [18, 36, 54, 72], [27, 54, 81, 108], [36, 72, 108, 144]]
    expected += [[45, 90, 135, 180], [54, 108, 162, 216], [63, 126, 189, 252], [72, 144, 216, 288]]
    call(collapse, W1, W2).returns(expected)

