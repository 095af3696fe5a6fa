"""A course of one stage whose cases measure: students train two means, and are ordered by what these predict."""

from pathlib import Path

from capas.course.model import Stage, load_course

STAGE = "01_means"

COURSE = """
title.en = "Learning"
title.es = "Aprender"
languages = ["en", "es"]
stages = ["01_means"]
libraries = ["numpy"]

[limits]
call_seconds = 1.0
"""

ASSIGNMENT = """
title.en = "Two means"
title.es = "Dos medias"

[[questions]]
name = "train"
points = 4
seconds = 8
title.en = "Training"
title.es = "Entrenar"
docstring.es = "Las medias de las dos clases."

[[questions]]
name = "predict"
points = 1
title.en = "Predicting"
title.es = "Predecir"
docstring.es = "La media más cercana a cada punto."
"""

HANDOUT = """# {title}

## {train}

*4 points*

<!-- question: train -->

## {predict}

*1 point*

<!-- question: predict -->
"""

TRAIN = """
import numpy as np
from otter.test_files import test_case

from capas_check import call
from capas_check.measures import measure, once

OK_FORMAT = False
name = "train"
points = 4

POINTS = np.array([[0.0, 0.1], [0.2, 0.0], [2.0, 2.1], [2.2, 1.9]])
LABELS = np.array([0, 0, 1, 1])
HIDDEN = np.array([[0.1, 0.3], [2.1, 2.4], [1.9, 2.2], [0.0, 0.4], [0.3, 0.1], [2.3, 2.0], [0.2, 0.2], [1.8, 1.7]])
HIDDEN_LABELS = np.array([0, 1, 1, 0, 0, 1, 0, 1])


def accuracy_of(trained, predict, points, labels):
    return float(np.mean(call(predict, trained.value, points).array((len(points),)) == labels))


@test_case(points=1)
def learns(train, predict):
    trained = once(train, POINTS, LABELS)
    measure("learnt", accuracy_of(trained, predict, POINTS, LABELS), es="aprendidos").at_least(1)


@test_case(points=1, hidden=True)
def half(train, predict):
    trained = once(train, POINTS, LABELS)
    measure("accuracy", accuracy_of(trained, predict, HIDDEN, HIDDEN_LABELS), es="aciertos").at_least(0.5)


@test_case(points=2, hidden=True)
def all_of_them(train, predict):
    trained = once(train, POINTS, LABELS)
    accuracy = accuracy_of(trained, predict, HIDDEN, HIDDEN_LABELS)
    guesses = call(predict, trained.value, HIDDEN).array((len(HIDDEN),)).astype(int)
    measure("parameters", sum(np.size(one) for one in trained.value)).at_most(100)
    measure("seconds", trained.seconds)
    measure("curve", [1.0, 0.5, 0.25])
    table = np.zeros((2, 2), dtype=int)
    np.add.at(table, (HIDDEN_LABELS, np.clip(guesses, 0, 1)), 1)
    measure("confusion", table)
    measure("accuracy", accuracy, es="aciertos").at_least(0.9)
"""

PREDICT = """
from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "predict"
points = 1


@test_case(points=0.5)
def example(predict):
    call(predict, [[0.0, 0.0], [1.0, 1.0]], [[0.2, 0.1]]).returns([0])


@test_case(points=0.5, hidden=True)
def another(predict):
    call(predict, [[0.0, 0.0], [1.0, 1.0]], [[0.9, 0.9]]).returns([1])
"""

REFERENCE = '''"""The solution of the stage."""

import numpy as np


def train(points, labels):
    """The means of the two classes."""
    # BEGIN SOLUTION
    points, labels = np.asarray(points), np.asarray(labels)
    return [points[labels == one].mean(axis=0) for one in (0, 1)]
    # END SOLUTION


def predict(parameters, points):
    """The mean nearest to each point."""
    # BEGIN SOLUTION
    distances = [((np.asarray(points) - mean) ** 2).sum(axis=1) for mean in parameters]
    return np.argmin(distances, axis=0)
    # END SOLUTION
'''

MISTAKES = """
from capas.course.solutions import mistake


@mistake("predict", en="You always say 0.", es="Siempre dices 0.")
def always_the_first(parameters, points):
    return [0] * len(points)
"""

MEASURES = """
[[measures]]
name = "accuracy"
title.en = "Accuracy"
title.es = "Aciertos"
form = "percent"
better = "more"

[[measures]]
name = "parameters"
title.en = "Parameters"
title.es = "Parámetros"
better = "less"

[[measures]]
name = "seconds"
title.en = "Seconds"
title.es = "Segundos"
better = "less"

[[measures]]
name = "curve"
form = "curve"
title.en = "Errors of each epoch"
title.es = "Errores de cada época"

[[measures]]
name = "confusion"
form = "confusion"
title.en = "Class there is, class that is seen"
title.es = "Clase que hay, clase que se ve"
"""


def make_measured_course(root: Path, train: str = TRAIN) -> Stage:
    """Write the course below ``root``, with the cases ``train`` of its first question, and return its stage."""
    files = {
        "course.toml": COURSE,
        f"assignments/{STAGE}/assignment.toml": ASSIGNMENT,
        f"assignments/{STAGE}/handout.en.md": HANDOUT.format(title="Two means", train="Training", predict="Predicting"),
        f"assignments/{STAGE}/handout.es.md": HANDOUT.format(title="Dos medias", train="Entrenar", predict="Predecir")
        .replace("points", "puntos")
        .replace("1 point", "1 punto"),
        f"assignments/{STAGE}/tests/train.py": train,
        f"assignments/{STAGE}/tests/predict.py": PREDICT,
        f"solutions/{STAGE}/reference.py": REFERENCE,
        f"solutions/{STAGE}/mistakes.py": MISTAKES,
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n"), encoding="utf-8")
    return load_course(root).stages[0]
