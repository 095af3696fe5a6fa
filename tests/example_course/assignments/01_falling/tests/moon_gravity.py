from otter.test_files import test_case

from capas_check import require
from capas_check.variables import variable

OK_FORMAT = False
name = "moon_gravity"
points = 1


@test_case(points=0.5)
def less_than_on_earth(moon_gravity, gravity):
    moon, earth = variable(moon_gravity=moon_gravity).array(()), variable(gravity=gravity).array(())
    require(0 < moon < earth, en="On the Moon things weigh less: {moon} is not below {earth}.", moon=moon, earth=earth)


@test_case(points=0.5, hidden=True)
def the_value(moon_gravity):
    variable(moon_gravity=moon_gravity).returns(1.62, atol=0.025)
