from otter.test_files import test_case

OK_FORMAT = False

name = "numerical_derivative"
points = None

@test_case(points=0.25, hidden=False)
def cube_with_a_large_step(numerical_derivative):
    import numpy as np
    from capas_check import call

    def cube(a):
        """Return a³ of each element."""
        return np.asarray(a) ** 3
    call(numerical_derivative, cube, np.array([0.0, 1.0, 2.0]), h=0.5).returns([0.25, 3.25, 12.25])

@test_case(points=0.25, hidden=False)
def square_of_two_rows(numerical_derivative):
    import numpy as np
    from capas_check import call

    def square(a):
        """Return a² of each element."""
        return np.asarray(a) ** 2
    batch = np.array([[1.0, -2.0, 3.0], [0.0, 0.5, -1.0]])
    call(numerical_derivative, square, batch, h=0.25).returns([[2.0, -4.0, 6.0], [0.0, 1.0, -2.0]])

