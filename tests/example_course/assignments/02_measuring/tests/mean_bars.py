import pandas as pd
from otter.test_files import test_case

from capas_check.plots import draw

OK_FORMAT = False
name = "mean_bars"
points = 2


@test_case(points=1)
def two_balls(mean_bars):
    draw(mean_bars, pd.Series([9.6, 9.8], index=["golf", "steel"])).bars([9.6, 9.8], ["golf", "steel"])


@test_case(points=1, hidden=True)
def the_label(mean_bars):
    picture = draw(mean_bars, pd.Series([9.6, 9.8, 9.7], index=["golf", "steel", "tennis"]))
    picture.bars([9.6, 9.8, 9.7], ["golf", "steel", "tennis"]).has_label("y", "(m/s²)")
