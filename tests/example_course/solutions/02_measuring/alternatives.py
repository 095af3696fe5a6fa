import csv
import random

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from capas.course.solutions import alternative


@alternative("read_falls")
def row_by_row(path):
    with open(path, encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["time"]]
    return pd.DataFrame(
        {
            "ball": [row["ball"] for row in rows],
            "height": [float(row["height"]) for row in rows],
            "time": [float(row["time"]) for row in rows],
        }
    )


@alternative("with_gravity")
def on_a_copy(falls):
    falls = falls.copy()
    falls["g"] = [2 * h / t**2 for h, t in zip(falls["height"], falls["time"], strict=True)]
    return falls


@alternative("mean_by_ball")
def ball_after_ball(falls):
    balls = sorted(set(falls["ball"]))
    return pd.Series({ball: np.mean(falls.loc[falls["ball"] == ball, "g"]) for ball in balls})


@alternative("mean_bars")
def drawn_by_pandas(means):
    return means.plot.bar(ylabel="mean g (m/s²)")


@alternative("gravity_histogram")
def counted_before(values):
    counts, edges = np.histogram(values, 8)
    axes = plt.subplots()[1]
    axes.bar(edges[:-1], counts, width=np.diff(edges), align="edge")


@alternative("print_means")
def in_one_go(means):
    print("\n".join("{}: {:.2f} m/s²".format(*pair) for pair in zip(means.index, means, strict=True)))


@alternative("save_means")
def with_the_csv_module(means, path):
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("ball", "g"), *means.items()])


@alternative("random_order")
def of_a_copy(balls):
    copy = balls[:]
    random.shuffle(copy)
    return copy


@alternative("noisy_times")
def one_by_one(time, count, spread, rng):
    return [time + spread * rng.standard_normal() for _ in range(count)]
