from otter.test_files import test_case

OK_FORMAT = False

name = "softmax_jacobian"
points = None

@test_case(points=1, hidden=False)
def two_numbers(softmax_jacobian):
    import numpy as np
    from capas_check import call
    a = np.array([0.0, np.log(3.0)])
    call(softmax_jacobian, a).returns([[0.1875, -0.1875], [-0.1875, 0.1875]], rtol=0, atol=0.0001)

@test_case(points=1, hidden=False)
def lecture_example(softmax_jacobian):
    import numpy as np
    from capas_check import call
    expected = [[0.0911, -0.0203, -0.0708], [-0.0203, 0.1601, -0.1398], [-0.0708, -0.1398, 0.2106]]
    call(softmax_jacobian, np.array([-0.21, 0.47, 1.72])).returns(expected, rtol=0, atol=0.0001)

