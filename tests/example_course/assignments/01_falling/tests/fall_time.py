import numpy as np
from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "fall_time"
points = 4


@test_case(points=1)
def example_by_hand(fall_time):
    call(fall_time, 20.0, 10.0).returns(2.0)


@test_case(points=2, hidden=True)
def several_heights_on_earth(fall_time):
    call(fall_time, np.array([0.0, 1.0, 44.145])).returns([0.0, 0.451524, 3.0], atol=1e-5).leaves_arguments()


@test_case(points=1, hidden=True)
def on_the_moon(fall_time):
    call(fall_time, 81.0, 1.62).returns(10.0)
