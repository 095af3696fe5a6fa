import pandas as pd
from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "mean_by_ball"
points = 3


@test_case(points=1)
def two_balls(mean_by_ball):
    falls = pd.DataFrame({"ball": ["steel", "golf", "steel"], "g": [9.8, 9.6, 9.9]})
    call(mean_by_ball, falls).returns(pd.Series([9.6, 9.85], index=["golf", "steel"]))


@test_case(points=2, hidden=True)
def with_more_columns(mean_by_ball):
    falls = pd.DataFrame({"height": [1, 2, 3, 4], "ball": list("cabc"), "g": [9.0, 10.0, 11.0, 12.0]})
    call(mean_by_ball, falls).returns(pd.Series([10.0, 11.0, 10.5], index=list("abc")))
