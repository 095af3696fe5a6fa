from otter.test_files import test_case

from capas_check import require
from capas_check.variables import variable

OK_FORMAT = False
name = "gravity"
points = 1


@test_case(points=0)
def a_number(gravity):
    value = variable(gravity=gravity).array(())
    require(value > 5, en="{value} m/s² is too little.", value=value)


@test_case(points=1, hidden=True)
def the_value(gravity):
    variable(gravity=gravity).returns(9.81, atol=0.005)
