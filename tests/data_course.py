"""A course in English of one stage with a data file: one question opens it by itself, one is told its name."""

from pathlib import Path

from capas.course.model import Stage, load_course

COURSE = """
title.en = "Physics"
languages = ["en"]
stages = ["02_falling"]
libraries = ["numpy"]
"""

ASSIGNMENT = """
title.en = "Falling"
questions = [
    {name = "mean_height", points = 5, title.en = "Mean height"},
    {name = "rows_above", points = 5, title.en = "Rows above"},
]
"""

HANDOUT = """# Falling

A ball was filmed; its heights are in `data/falls.csv`.

## Mean height

*5 points*

The mean of the second column of `data/falls.csv`.

<!-- question: mean_height -->

## Rows above

*5 points*

How many rows of the file `path` have a height above `limit`.

<!-- question: rows_above -->
"""

CASES = """
from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "{name}"
points = 5


@test_case(points=2)
def example({name}):
    {public}


@test_case(points=3, hidden=True)
def others({name}):
    {hidden}
"""

REFERENCE = '''
"""The solution of the stage."""

import numpy as np

ALL = np.loadtxt("data/falls.csv", delimiter=",", skiprows=1)  # the reference's own: students do not get it


def mean_height():
    """The mean height in `data/falls.csv`."""
    # BEGIN SOLUTION
    return float(np.loadtxt("data/falls.csv", delimiter=",", skiprows=1)[:, 1].mean())
    # END SOLUTION


def rows_above(path, limit):
    """How many rows of a file have a height above a limit."""
    # BEGIN SOLUTION
    with open(path) as file:
        next(file)
        return sum(float(line.split(",")[1]) > limit for line in file)
    # END SOLUTION
'''

RIGHT = "import numpy as np\n\n" + REFERENCE.partition("\n\n\n")[2]
"""What a student hands in who is right."""

WRONG = RIGHT.replace("[:, 1]", "[:, 0]")
"""What a student hands in who takes the wrong column."""

MISTAKES = """
import numpy as np

from capas.course.solutions import mistake


@mistake("mean_height", en="You took the column of times.")
def takes_times():
    return float(np.loadtxt("data/falls.csv", delimiter=",", skiprows=1)[:, 0].mean())
"""


def rows() -> str:
    """Return the data: 2 kB."""
    return "t,height\n" + "".join(f"{n / 100:.2f},{20 - 4.905 * (n / 100) ** 2:.4f}\n" for n in range(150))


def make_data_course(root: Path) -> Stage:
    """Write the course below ``root`` and return its stage."""
    falls = rows()
    heights = [float(line.split(",")[1]) for line in falls.splitlines()[1:]]
    files = {
        "course.toml": COURSE,
        "assignments/02_falling/assignment.toml": ASSIGNMENT,
        "assignments/02_falling/handout.en.md": HANDOUT,
        "assignments/02_falling/data/falls.csv": falls,
        "assignments/02_falling/tests/mean_height.py": CASES.format(
            name="mean_height",
            public=f"call(mean_height).returns({sum(heights) / len(heights)})",
            hidden='expected = sum(float(line.split(",")[1]) for line in list(open("data/falls.csv"))[1:]) / 150\n'
            "    call(mean_height).returns(expected)",
        ),
        "assignments/02_falling/tests/rows_above.py": CASES.format(
            name="rows_above",
            public='call(rows_above, "data/falls.csv", 15.0).returns(101)',
            hidden='call(rows_above, "data/falls.csv", 19.0).returns(46)',
        ),
        "solutions/02_falling/reference.py": REFERENCE,
        "solutions/02_falling/mistakes.py": MISTAKES,
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n"), encoding="utf-8")
    return load_course(root).stages[0]
