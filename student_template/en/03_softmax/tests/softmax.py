from otter.test_files import test_case

OK_FORMAT = False

name = "softmax"
points = None

@test_case(points=1, hidden=False)
def lecture_example(softmax):
    import numpy as np
    from capas_check import call
    call(softmax, np.array([-0.21, 0.47, 1.72])).returns([0.1014, 0.2001, 0.6985], rtol=0, atol=0.0001)

@test_case(points=1, hidden=False)
def each_row_by_itself(softmax):
    import numpy as np
    from capas_check import call
    batch = np.array([[0.0, 0.0, 0.0, 0.0], [1.0, 2.0, 3.0, 4.0]])
    expected = [[0.25, 0.25, 0.25, 0.25], [0.0320586, 0.08714432, 0.23688282, 0.64391426]]
    call(softmax, batch).returns(expected)

