import pandas as pd
from otter.test_files import test_case

from capas_check import call, require

OK_FORMAT = False
name = "read_falls"
points = 2


@test_case(points=1)
def no_row_without_time(read_falls):
    falls = call(read_falls, "data/falls.csv")
    require(len(falls.value) == 28, en="{falls} should have 28 rows.", falls=falls)


@test_case(points=1, hidden=True)
def all_rows(read_falls):
    expected = pd.read_csv("data/falls.csv").dropna().reset_index(drop=True)
    call(read_falls, "data/falls.csv").returns(expected)
