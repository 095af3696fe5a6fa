"""Cases of `jacket`."""

import numpy as np
from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "jacket"
points = 2


@test_case(points=0.25)
def temperature_falls(jacket):
    call(jacket, np.array([24.0, 20.0, 17.0, 14.0, 9.0]), 16.0).returns([0.0, 0.0, 0.0, 1.0, 1.0])


@test_case(points=0.25)
def right_at_the_threshold(jacket):
    call(jacket, np.array([16.1, 16.0, 15.9]), 16.0).returns([0.0, 0.0, 1.0])


@test_case(points=0.25, hidden=True)
def one_temperature(jacket):
    call(jacket, 12.5, 18.0).returns(1.0)
    call(jacket, 18.5, 18.0).returns(0.0)


@test_case(points=0.25, hidden=True)
def places_and_days(jacket):
    batch = np.array([[21.5, 7.0], [-3.0, 10.5], [11.0, 9.5]])
    call(jacket, batch, 10.0).returns([[0.0, 1.0], [1.0, 0.0], [0.0, 1.0]])
    call(jacket, batch[2:3], 10.0).returns([[0.0, 1.0]])
    call(jacket, batch.reshape(3, 1, 2), -1.5).returns([[[0.0, 0.0]], [[1.0, 0.0]], [[0.0, 0.0]]])


@test_case(points=0.25, hidden=True)
def integers_and_lists(jacket):
    call(jacket, np.array([5, -8, 2, 0]), 3).returns([0.0, 1.0, 1.0, 1.0])
    call(jacket, np.array([3, 2, -1]), 2.5).returns([0.0, 1.0, 1.0])
    call(jacket, [[30, 12, 24], [27, 26, 11]], 25).returns([[0.0, 1.0, 1.0], [0.0, 0.0, 1.0]])


@test_case(points=0.25, hidden=True)
def other_thresholds_reached(jacket):
    call(jacket, np.array([-7.5, -7.0, -6.5, -7.0]), -7.0).returns([1.0, 0.0, 0.0, 0.0])
    call(jacket, np.array([9.99, 10.01, 9.9996, 10.0004]), 10.0).returns([1.0, 0.0, 1.0, 0.0])
    call(jacket, [[20, 21], [19, 20]], 20).returns([[0.0, 0.0], [1.0, 0.0]])


@test_case(points=0.25, hidden=True)
def extreme_temperatures(jacket):
    call(jacket, np.array([1000.0, -1000.0, 0.0]), -40.0).returns([0.0, 1.0, 0.0]).warns_nothing()
    call(jacket, np.array([999.0, 1001.0, -1000.0]), 1000.0).returns([1.0, 0.0, 1.0]).warns_nothing()


@test_case(points=0.25, hidden=True)
def leaves_its_arguments_alone(jacket):
    call(jacket, np.array([18.0, 3.0, 22.0, 14.5]), 15.0).returns([0.0, 1.0, 0.0, 1.0]).leaves_arguments()
    call(jacket, np.array([700.0, 3.0, -600.0]), 15.0).returns([0.0, 1.0, 1.0]).leaves_arguments()
    call(jacket, np.array([[600.0, 3.0], [-700.0, 14.5]]), 15.0).returns([[0.0, 1.0], [1.0, 1.0]]).leaves_arguments()
