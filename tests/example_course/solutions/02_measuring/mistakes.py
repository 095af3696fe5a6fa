import random

import matplotlib.pyplot as plt
import pandas as pd

from capas.course.solutions import mistake


@mistake("read_falls", en="Falls without a time are still there.")
def with_empty_times(path):
    return pd.read_csv(path)


@mistake("read_falls", en="The rows have kept their old numbers, with gaps: number them anew.")
def with_gaps(path):
    return pd.read_csv(path).dropna()


@mistake("with_gravity", en="You forgot the square of the time.")
def no_square(falls):
    return falls.assign(g=2 * falls["height"] / falls["time"])


@mistake("with_gravity", en="You changed the table that you were given.")
def changes_the_table(falls):
    falls["g"] = 2 * falls["height"] / falls["time"] ** 2
    return falls


@mistake("with_gravity", en="You return the column alone, without the table.")
def column_alone(falls):
    return 2 * falls["height"] / falls["time"] ** 2


@mistake("mean_by_ball", en="You took the sum: divide it by how many there are.")
def sums(falls):
    return falls.groupby("ball")["g"].sum()


@mistake("mean_by_ball", en="You took the mean of all balls together.")
def of_all_together(falls):
    return falls["g"].mean()


@mistake("mean_bars", en="You drew a line: there is nothing between two balls.")
def line(means):
    plt.plot(means.index, means)
    plt.ylabel("g (m/s²)")


@mistake("gravity_histogram", en="You left the number of bins at ten.")
def ten_bins(values):
    plt.hist(values)


@mistake("print_means", en="You return the text instead of printing it.")
def returned(means):
    return "\n".join(f"{ball}: {g:.2f} m/s²" for ball, g in means.items())


@mistake("print_means", en="You print all decimals.")
def all_decimals(means):
    for ball, g in means.items():
        print(f"{ball}: {g} m/s²")


@mistake("save_means", en="You add to what is in the file already.")
def appended(means, path):
    with open(path, "a", encoding="utf-8") as file:
        means.to_csv(file, header=["g"], index_label="ball")


@mistake("random_order", en="You shuffle the list that you were given, and return nothing.")
def in_place(balls):
    random.shuffle(balls)


@mistake("noisy_times", en="You add the same number to all times.")
def all_the_same(time, count, spread, rng):
    return [time + rng.normal(0, spread)] * count


@mistake("noisy_times", en="You took the spread for the variance: it is the standard deviation.")
def variance(time, count, spread, rng):
    return time + rng.normal(0, spread**0.5, size=count)
