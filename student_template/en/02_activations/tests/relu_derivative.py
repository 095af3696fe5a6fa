from otter.test_files import test_case

OK_FORMAT = False

name = "relu_derivative"
points = None

@test_case(points=0.25, hidden=False)
def five_numbers(relu_derivative):
    import numpy as np
    from capas_check import call
    call(relu_derivative, np.array([-2.0, -0.5, 0.0, 0.5, 3.0])).returns([0.0, 0.0, 0.0, 1.0, 1.0])

@test_case(points=0.25, hidden=False)
def two_rows_of_integers(relu_derivative):
    import numpy as np
    from capas_check import call
    call(relu_derivative, np.array([[1, -2, 3], [-4, 5, -6]])).returns([[1.0, 0.0, 1.0], [0.0, 1.0, 0.0]])

