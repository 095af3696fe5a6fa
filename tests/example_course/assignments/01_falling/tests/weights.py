from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "weights"
points = 2


@test_case(points=1)
def ten_kilograms(weights):
    call(weights, 10.0).returns({"Earth": 98.1, "Moon": 16.2, "Mars": 37.1})


@test_case(points=1, hidden=True)
def half_a_kilogram(weights):
    call(weights, 0.5).returns({"Earth": 4.905, "Moon": 0.81, "Mars": 1.855})
