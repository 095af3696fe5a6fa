from otter.test_files import test_case

from capas_check import call
from capas_check.objects import attribute, method

OK_FORMAT = False
name = "Pendulum"
points = 4


@test_case(points=1)
def one_metre(Pendulum):
    pendulum = call(Pendulum, 1.0)
    attribute(pendulum, "length").returns(1.0)
    method(pendulum, "period").returns(2.006, atol=1e-3)


@test_case(points=1, hidden=True)
def a_short_one(Pendulum):
    method(call(Pendulum, 0.25), "period").returns(1.003, atol=1e-3)


@test_case(points=2, hidden=True)
def another_one_four_times_as_long(Pendulum):
    pendulum = call(Pendulum, 0.5)
    longer = method(pendulum, "lengthened", 4)
    attribute(longer, "length").returns(2.0)
    method(longer, "period").returns(2.837, atol=1e-3)
    attribute(pendulum, "length").returns(0.5)
