import math

import numpy as np
from matplotlib.figure import Figure

from capas.course.solutions import alternative


@alternative("gravity")
def of_the_textbook():
    return 9.80665


@alternative("moon_gravity")
def a_sixth():
    return round(9.81 / 6, 2)


@alternative("fall_time")
def number_by_number(height, gravity=9.81):
    times = [math.sqrt(2 * one / gravity) for one in np.ravel(height)]
    return np.reshape(times, np.shape(height))


@alternative("unit_of")
def one_after_the_other(quantity):
    quantity = quantity.casefold()
    if quantity == "height":
        return "m"
    if quantity == "time":
        return "s"
    return "m/s" if quantity == "speed" else "m/s²"


@alternative("weights")
def by_a_loop(mass):
    found = {}
    for place, g in zip(("Mars", "Moon", "Earth"), (3.71, 1.62, 9.81), strict=True):
        found[place] = g * mass
    return found


@alternative("floating")
def as_a_frozen_set(densities, liquid=1000):
    return frozenset(name for name in densities if densities[name] < liquid)


@alternative("fall_plot")
def on_axes_of_its_own(times, height):
    figure = Figure()
    axes = figure.subplots()
    axes.plot(times, [height - 4.905 * t**2 for t in times], "o-")
    axes.set(title="Fall", xlabel="t (s)", ylabel="y (m)")
    return figure


@alternative("Pendulum")
class WithAProperty:
    def __init__(self, metres):
        self._metres = float(metres)

    @property
    def length(self):
        return self._metres

    def period(self):
        return math.tau * math.sqrt(self._metres / 9.81)

    def lengthened(self, factor):
        return type(self)(self._metres * factor)
