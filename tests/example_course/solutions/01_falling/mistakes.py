import matplotlib.pyplot as plt
import numpy as np

from capas.course.solutions import mistake


@mistake("gravity", en="You rounded: two decimals are asked for.")
def rounded():
    return 10.0


@mistake("moon_gravity", en="You took a tenth: on the Moon it is about a sixth.")
def a_tenth():
    return 0.981


@mistake("fall_time", en="You left out the root: a time that grows like the height would mean that it falls evenly.")
def no_root(height, gravity=9.81):
    return 2 * height / gravity


@mistake("fall_time", en="You always take the gravity on Earth, whatever the function is given.")
def always_on_earth(height, gravity=9.81):
    return np.sqrt(2 * height / 9.81)


@mistake("unit_of", en="You look for the quantity letter by letter: what of capital letters?")
def small_letters_only(quantity):
    return {"height": "m", "time": "s", "speed": "m/s", "gravity": "m/s²"}.get(quantity, "")


@mistake("weights", en="You return masses: a weight is a force, in N.")
def masses(mass):
    return {"Earth": mass, "Moon": mass, "Mars": mass}


@mistake("weights", en="You return the three weights without their names.")
def without_names(mass):
    return [9.81 * mass, 1.62 * mass, 3.71 * mass]


@mistake("floating", en="You return what sinks.")
def sinking(densities, liquid=1000):
    return {material for material, density in densities.items() if density > liquid}


@mistake("floating", en="You compare with water, whatever the liquid is.")
def on_water_only(densities, liquid=1000):
    return {material for material, density in densities.items() if density < 1000}


@mistake("fall_plot", en="You exchanged the axes: time runs to the right.")
def exchanged(times, height):
    plt.plot(height - 4.905 * times**2, times)
    plt.title("Fall")
    plt.xlabel("height (m)")
    plt.ylabel("time (s)")


@mistake("fall_plot", en="You drew how far it fell, and not how high it is.")
def downwards(times, height):
    plt.plot(times, 4.905 * times**2)
    plt.title("Fall")
    plt.xlabel("time (s)")
    plt.ylabel("height (m)")


@mistake("Pendulum", en="You forgot the root.")
class NoRoot:
    def __init__(self, length):
        self.length = length

    def period(self):
        return 2 * np.pi * self.length / 9.81

    def lengthened(self, factor):
        return NoRoot(factor * self.length)


@mistake("Pendulum", en="`lengthened` changes the pendulum itself: it should make another one.")
class ChangesItself:
    def __init__(self, length):
        self.length = length

    def period(self):
        return 2 * np.pi * np.sqrt(self.length / 9.81)

    def lengthened(self, factor):
        self.length = factor * self.length
        return self
