import numpy as np
from otter.test_files import test_case

from capas_check.plots import draw

OK_FORMAT = False
name = "gravity_histogram"
points = 2


@test_case(points=1)
def eight_bins(gravity_histogram):
    values = np.array([9.5, 9.6, 9.7, 9.75, 9.8, 9.8, 9.9, 10.3])
    draw(gravity_histogram, values).histogram(values, 8)


@test_case(points=1, hidden=True)
def many_values(gravity_histogram):
    values = 9.81 + np.sin(np.arange(60.0))
    draw(gravity_histogram, values).histogram(values, 8)
