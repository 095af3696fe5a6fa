"""Falling and swinging, without air."""

import matplotlib.pyplot as plt
import numpy as np

# On Earth, in m/s².
gravity = 9.81

# On the Moon, in m/s².
moon_gravity = 1.62


def fall_time(height, gravity=9.81):
    """How long a ball falls, in s.

    height: in m, a number or an array of shape (n,), 0 or more.
    gravity: in m/s².
    Returns a number, or an array of shape (n,).
    """
    # BEGIN SOLUTION
    return np.sqrt(2 * height / gravity)
    # END SOLUTION


def unit_of(quantity):
    """The unit of a quantity.

    quantity: "height", "time", "speed" or "gravity", in small or capital letters.
    Returns a text such as "m/s".
    """
    # BEGIN SOLUTION
    return {"height": "m", "time": "s", "speed": "m/s", "gravity": "m/s²"}[quantity.lower()]
    # END SOLUTION


def weights(mass):
    """The weight of a mass on Earth, Moon and Mars.

    mass: in kg.
    Returns a dict: the weight in N, by "Earth", "Moon" and "Mars".
    """
    # BEGIN SOLUTION
    return {"Earth": 9.81 * mass, "Moon": 1.62 * mass, "Mars": 3.71 * mass}
    # END SOLUTION


def floating(densities, liquid=1000):
    """The materials that float.

    densities: a dict, densities in kg/m³ by material.
    liquid: the density of the liquid, in kg/m³.
    Returns a set of materials.
    """
    # BEGIN SOLUTION
    return {material for material, density in densities.items() if density < liquid}
    # END SOLUTION


def fall_plot(times, height):
    """Draw the height of a falling ball against time.

    times: in s, an array of shape (n,).
    height: where it starts, in m.
    Draws a line with a title and with labels of both axes, units in parentheses.
    """
    # BEGIN SOLUTION
    plt.plot(times, height - 9.81 * times**2 / 2)
    plt.title("A falling ball")
    plt.xlabel("time (s)")
    plt.ylabel("height (m)")
    # END SOLUTION


class Pendulum:
    """A ball on a thread.

    Pendulum(length): a new one; its length is in m.
    length: the same number.
    period(): how long it swings to and fro, in s.
    lengthened(factor): another pendulum, so many times as long.
    """

    def __init__(self, length):
        # BEGIN SOLUTION
        self.length = length
        # END SOLUTION

    def period(self):
        # BEGIN SOLUTION
        return 2 * np.pi * np.sqrt(self.length / 9.81)
        # END SOLUTION

    def lengthened(self, factor):
        # BEGIN SOLUTION
        return Pendulum(factor * self.length)
        # END SOLUTION
