"""What is answered honestly."""

from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "shift"
points = 3


@test_case(points=1)
def small_numbers(shift):
    call(shift, [1.0]).returns([2.0])


@test_case(points=2, hidden=True)
def secret_numbers(shift):
    call(shift, [41337.75, 2.0]).returns([41338.75, 3.0])
