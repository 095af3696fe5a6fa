import pandas as pd
from otter.test_files import test_case

from capas_check.output import printed

OK_FORMAT = False
name = "print_means"
points = 2


@test_case(points=1)
def example_of_the_handout(print_means):
    means = pd.Series([9.794, 9.82], index=["golf ball", "steel ball"])
    printed(print_means, means).prints("golf ball: 9.79 m/s²\nsteel ball: 9.82 m/s²")


@test_case(points=1, hidden=True)
def one_ball(print_means):
    printed(print_means, pd.Series([10.0], index=["tennis ball"])).prints("tennis ball: 10.00 m/s²")
