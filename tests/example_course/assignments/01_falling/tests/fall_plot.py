import numpy as np
from otter.test_files import test_case

from capas_check.plots import draw

OK_FORMAT = False
name = "fall_plot"
points = 3


@test_case(points=1)
def from_twenty_metres(fall_plot):
    t = np.linspace(0.0, 2.0, 9)
    draw(fall_plot, t, 20.0).line(t, 20.0 - 4.905 * t**2)


@test_case(points=1)
def what_is_written(fall_plot):
    draw(fall_plot, np.array([0.0, 1.0]), 20.0).has_title().has_label("x", "(s)").has_label("y", "(m)")


@test_case(points=1, hidden=True)
def from_five_metres(fall_plot):
    t = np.linspace(0.0, 1.0, 30)
    draw(fall_plot, t, 5.0).line(t, 5.0 - 4.905 * t**2)
