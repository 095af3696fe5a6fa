"""Measured falls: tables, plots, chance."""

import random

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd


def read_falls(path):
    """The measured falls in a CSV file.

    path: the name of the file, such as "data/falls.csv".
    Returns a DataFrame with the columns ball, height (m) and time (s), without falls that have no time.
    """
    # BEGIN SOLUTION
    return pd.read_csv(path).dropna().reset_index(drop=True)
    # END SOLUTION


def with_gravity(falls):
    """The falls with the gravity that follows from each.

    falls: a DataFrame with the columns height (m) and time (s); it stays as it is.
    Returns a DataFrame with a column g more, in m/s².
    """
    # BEGIN SOLUTION
    return falls.assign(g=2 * falls["height"] / falls["time"] ** 2)
    # END SOLUTION


def mean_by_ball(falls):
    """The mean gravity of each ball.

    falls: a DataFrame with the columns ball and g.
    Returns a Series of means, in m/s², with the balls as index in alphabetical order.
    """
    # BEGIN SOLUTION
    return falls.groupby("ball")["g"].mean()
    # END SOLUTION


def mean_bars(means):
    """Draw a bar for each ball.

    means: a Series, in m/s², with the balls as index.
    """
    # BEGIN SOLUTION
    plt.bar(means.index, means)
    plt.ylabel("g (m/s²)")
    # END SOLUTION


def gravity_histogram(values):
    """Draw a histogram with eight bins.

    values: of g, in m/s², an array of shape (n,).
    """
    # BEGIN SOLUTION
    plt.hist(values, bins=8)
    # END SOLUTION


def print_means(means):
    """Print a line for each ball, such as "golf ball: 9.79 m/s²".

    means: a Series, in m/s², with the balls as index.
    """
    # BEGIN SOLUTION
    for ball, g in means.items():
        print(f"{ball}: {g:.2f} m/s²")
    # END SOLUTION


def save_means(means, path):
    """Write a CSV file with the columns ball and g.

    means: a Series, in m/s², with the balls as index.
    path: the name of the file.
    """
    # BEGIN SOLUTION
    means.to_csv(path, header=["g"], index_label="ball")
    # END SOLUTION


def random_order(balls):
    """The balls in an order that random.shuffle makes.

    balls: a list; it stays as it is.
    Returns another list.
    """
    # BEGIN SOLUTION
    order = list(balls)
    random.shuffle(order)
    return order
    # END SOLUTION


def noisy_times(time, count, spread, rng):
    """Times as they are stopped by hand.

    time: the right one, in s.
    count: how many.
    spread: the standard deviation of what each is off by, in s.
    rng: the generator to draw from, as np.random.default_rng() makes it.
    Returns an array of shape (count,).
    """
    # BEGIN SOLUTION
    return np.full(count, time) + rng.normal(0, spread, size=count)
    # END SOLUTION
