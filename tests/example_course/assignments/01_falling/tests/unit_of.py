from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "unit_of"
points = 2


@test_case(points=1)
def units_of_the_handout(unit_of):
    call(unit_of, "height").returns("m")
    call(unit_of, "gravity").returns("m/s²")


@test_case(points=1, hidden=True)
def capital_letters(unit_of):
    call(unit_of, "Time").returns("s")
    call(unit_of, "SPEED").returns("m/s")
