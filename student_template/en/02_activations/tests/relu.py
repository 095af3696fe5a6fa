from otter.test_files import test_case

OK_FORMAT = False

name = "relu"
points = None

@test_case(points=0.25, hidden=False)
def five_numbers(relu):
    import numpy as np
    from capas_check import call
    call(relu, np.array([-2.0, -0.5, 0.0, 0.5, 3.0])).returns([0.0, 0.0, 0.0, 0.5, 3.0])

@test_case(points=0.25, hidden=False)
def two_rows(relu):
    import numpy as np
    from capas_check import call
    call(relu, np.array([[1.0, -2.0, 3.0], [-4.0, 5.0, -6.0]])).returns([[1.0, 0.0, 3.0], [0.0, 5.0, 0.0]]).leaves_arguments()

