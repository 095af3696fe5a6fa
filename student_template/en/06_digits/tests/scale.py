from otter.test_files import test_case

OK_FORMAT = False

name = "scale"
points = None

@test_case(points=0.25, hidden=False)
def a_few_numbers(scale):
    import numpy as np
    from capas_check import call
    call(scale, np.array([0, 4, 8, 16])).returns([0.0, 0.25, 0.5, 1.0])

