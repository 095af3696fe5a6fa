import pandas as pd
from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "with_gravity"
points = 4


@test_case(points=2)
def example_by_hand(with_gravity):
    falls = pd.DataFrame({"height": [5.0, 20.0], "time": [1.0, 2.0]})
    call(with_gravity, falls).returns(falls.assign(g=[10.0, 10.0])).leaves_arguments()


@test_case(points=2, hidden=True)
def three_balls(with_gravity):
    falls = pd.DataFrame(
        {"ball": ["a", "b", "c"], "height": [1.0, 2.0, 3.0], "time": [0.5, 0.8, 0.75]}, index=[3, 5, 7]
    )
    call(with_gravity, falls).returns(falls.assign(g=[8.0, 6.25, 10.666667]), rtol=1e-5)
