import matplotlib.pyplot as plt
import numpy as np
from reference import fall_time

from capas.course.figures import figure


@figure(en="Five balls, drawn each 0.4 s: from one to the next the way is longer")
def falling(language):
    drawing, axes = plt.subplots(figsize=(2.2, 3.2))
    times = np.linspace(0, fall_time(20.0), 6)
    axes.plot(np.zeros_like(times), 20 - 4.905 * times**2, "o", markersize=9)
    axes.set(xticks=[], ylabel="height (m)", xlim=(-1, 1))
    return drawing
