from otter.test_files import test_case

OK_FORMAT = False

name = "numerical_gradient"
points = None

@test_case(points=0.25, hidden=False)
def cubes_with_a_large_step(numerical_gradient):
    import numpy as np
    from capas_check import call

    def sum_of_cubes(W):
        """Return Σ w³."""
        return float(np.sum(np.asarray(W) ** 3))
    call(numerical_gradient, sum_of_cubes, np.array([[0.0, 1.0], [2.0, -1.0]]), h=0.5).returns([[0.25, 3.25], [12.25, 3.25]])

