import pandas as pd
from otter.test_files import test_case

from capas_check.output import written

OK_FORMAT = False
name = "save_means"
points = 2


@test_case(points=1)
def two_balls(save_means):
    means = pd.Series([9.6, 9.8], index=["golf", "steel"])
    written(save_means, means, "means.csv").writes("means.csv", "ball,g\ngolf,9.6\nsteel,9.8")


@test_case(points=1, hidden=True)
def what_was_there_before_goes(save_means):
    written(save_means, pd.Series([9.6, 9.8], index=["golf", "steel"]), "again.csv")
    written(save_means, pd.Series([9.5], index=["tennis"]), "again.csv").writes("again.csv", "ball,g\ntennis,9.5")
