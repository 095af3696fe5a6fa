from otter.test_files import test_case

OK_FORMAT = False

name = "jacket"
points = None

@test_case(points=0.25, hidden=False)
def temperature_falls(jacket):
    import numpy as np
    from capas_check import call
    call(jacket, np.array([24.0, 20.0, 17.0, 14.0, 9.0]), 16.0).returns([0.0, 0.0, 0.0, 1.0, 1.0])

@test_case(points=0.25, hidden=False)
def right_at_the_threshold(jacket):
    import numpy as np
    from capas_check import call
    call(jacket, np.array([16.1, 16.0, 15.9]), 16.0).returns([0.0, 0.0, 1.0])

