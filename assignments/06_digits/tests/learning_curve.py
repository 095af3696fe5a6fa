"""Cases of `learning_curve`."""

import numpy as np
from otter.test_files import test_case

from capas_check.plots import draw

OK_FORMAT = False
name = "learning_curve"
points = 2

TRAINING, VALIDATION = [0.40, 0.21, 0.12, 0.08, 0.05, 0.03], [0.42, 0.25, 0.19, 0.17, 0.18, 0.20]


@test_case(points=0.5)
def two_lines(learning_curve):
    epochs = np.arange(1, 7)
    draw(learning_curve, TRAINING, VALIDATION).line(epochs, TRAINING).line(epochs, VALIDATION)


@test_case(points=0.5)
def what_is_written(learning_curve):
    picture = draw(learning_curve, TRAINING, VALIDATION)
    picture.has_label("x", ("época", "epoca", "epoch")).has_label("y", ("pérdida", "perdida", "loss"))
    picture.has_legend(("entrenamiento", "training"), ("validación", "validacion", "validation"))


@test_case(points=0.25)
def where_overfitting_begins(learning_curve):
    draw(learning_curve, TRAINING, VALIDATION).scatter([4], [0.17])


@test_case(points=0.25, hidden=True)
def each_line_under_its_name(learning_curve):
    training, validation = np.array([0.5, 0.3, 0.35, 0.2]), np.array([0.45, 0.5, 0.4, 0.44])
    epochs = np.arange(1, 5)
    picture = draw(learning_curve, training, validation)
    picture.line(epochs, training, label=("entrenamiento", "training"))
    picture.line(epochs, validation, label=("validación", "validacion", "validation"))


@test_case(points=0.5, hidden=True)
def the_least_of_all(learning_curve):
    # The curve falls, rises and falls again; the training loss is least somewhere else.
    training, validation = [0.5, 0.2, 0.1, 0.3, 0.4], [0.6, 0.35, 0.4, 0.30, 0.5]
    draw(learning_curve, np.array(training), np.array(validation)).scatter([4], [0.30])
    draw(learning_curve, [0.3, 0.2, 0.1], [0.4, 0.3, 0.2]).scatter([3], [0.2])
    draw(learning_curve, [0.3, 0.2, 0.1], [0.4, 0.45, 0.5]).scatter([1], [0.4])
