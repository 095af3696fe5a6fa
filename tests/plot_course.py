"""A course whose questions are plots: a line, bars by their names, a histogram that pandas draws."""

from pathlib import Path

from capas.course.model import Stage, load_course
from capas.course.scaffold import new_course, new_stage, read_question_names

STAGE = "01_falling"
QUESTIONS = ("sine_plot", "count_plot", "speeds_hist")

REFERENCE = '''"""Plots."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd


def sine_plot(times, angles):
    """Sines of angles, in radians, against times, in s; with a title and labels."""
    # BEGIN SOLUTION
    figure, axes = plt.subplots()
    axes.plot(times, np.sin(angles))
    axes.set(title="Sine", xlabel="time (s)", ylabel="sine")
    return axes
    # END SOLUTION


def count_plot(names):
    """A bar for each name, as high as the name comes often."""
    # BEGIN SOLUTION
    counts = pd.Series(names).value_counts()
    plt.bar(counts.index, counts.values)
    plt.ylabel("how often")
    # END SOLUTION


def speeds_hist(speeds):
    """A histogram of five bins."""
    # BEGIN SOLUTION
    pd.Series(speeds).plot.hist(bins=5, xlabel="speed (m/s)")
    # END SOLUTION
'''

IMPORTS = "import matplotlib.pyplot as plt\nimport numpy as np\nimport pandas as pd\n"

ALTERNATIVES = f"""{IMPORTS}from matplotlib.figure import Figure

from capas.course.solutions import alternative


@alternative("sine_plot")
def with_plt(times, angles):
    plt.plot(times, np.sin(angles), "k.-")
    plt.title("My title")
    plt.xlabel("Time $t$ (s)")
    plt.ylabel("y")
    plt.show()


@alternative("sine_plot")
def without_plt(times, angles):
    figure = Figure()
    axes = figure.subplots()
    axes.plot(times, [np.sin(angle) for angle in angles])
    axes.set(title="S", xlabel="t(s)", ylabel="sin")
    return figure


@alternative("count_plot")
def in_their_own_order(names):
    seen = {{}}
    for name in names:
        seen[name] = seen.get(name, 0) + 1
    figure, axes = plt.subplots()
    axes.barh(list(seen), list(seen.values()))
    axes.set_ylabel("count")
    return figure, axes


@alternative("speeds_hist")
def with_matplotlib(speeds):
    plt.hist(speeds, bins=5)
    plt.xlabel("v (m/s)")
    plt.close()
"""

MISTAKES = f"""{IMPORTS}
from capas.course.solutions import mistake


@mistake("sine_plot", en="You exchanged the two axes.")
def exchanged(times, angles):
    plt.plot(np.sin(angles), times)
    plt.title("S")
    plt.xlabel("t (s)")
    plt.ylabel("y")


@mistake("sine_plot", en="You forgot the label of the y axis.")
def no_label(times, angles):
    plt.plot(times, np.sin(angles))
    plt.title("S")
    plt.xlabel("t (s)")


@mistake("sine_plot", en="You turned radians into degrees.")
def degrees(times, angles):
    plt.plot(times, np.sin(np.degrees(angles)))
    plt.title("S")
    plt.xlabel("t (s)")
    plt.ylabel("y")


@mistake("count_plot", en="You drew a line.")
def line(names):
    pd.Series(names).value_counts().plot(ylabel="n")


@mistake("speeds_hist", en="You left the number of bins at ten.")
def ten(speeds):
    pd.Series(speeds).hist()
    plt.xlabel("v (m/s)")
"""

HEAD = """import numpy as np
from otter.test_files import test_case

from capas_check.plots import draw

OK_FORMAT = False
name = "{name}"
points = 5
"""

CASES = {
    "sine_plot": """

@test_case(points=2)
def the_line(sine_plot):
    t = np.linspace(0, 2, 5)
    draw(sine_plot, t, t).line(t, np.sin(t)).leaves_arguments()


@test_case(points=1)
def what_is_written(sine_plot):
    t = np.linspace(0, 2, 5)
    draw(sine_plot, t, t).has_title().has_label("x", "(s)").has_label("y")


@test_case(points=2, hidden=True)
def another_line(sine_plot):
    t = np.linspace(0, 9, 50)
    draw(sine_plot, t, 3 * t).line(t, np.sin(3 * t))
""",
    "count_plot": """

@test_case(points=3)
def the_bars(count_plot):
    draw(count_plot, ["a", "b", "a"]).bars([2, 1], ["a", "b"]).has_label("y")


@test_case(points=2, hidden=True)
def other_bars(count_plot):
    draw(count_plot, ["x"]).bars([1], ["x"])
""",
    "speeds_hist": """

@test_case(points=3)
def the_bins(speeds_hist):
    speeds = [1.0, 2.0, 2.5, 3.0, 9.0]
    draw(speeds_hist, speeds).histogram(speeds, 5).has_label("x", "m/s")


@test_case(points=2, hidden=True)
def more_speeds(speeds_hist):
    speeds = np.arange(40.0) ** 2
    draw(speeds_hist, speeds).histogram(speeds, 5)
""",
}


def made_plot_stage(root: Path) -> Stage:
    """Write the course to ``root`` and return its stage."""
    new_course(root, "en")
    new_stage(root, STAGE, read_question_names(",".join(QUESTIONS)))
    files = {"reference.py": REFERENCE, "alternatives.py": ALTERNATIVES, "mistakes.py": MISTAKES}
    for name, text in files.items():
        (root / "solutions" / STAGE / name).write_text(text, encoding="utf-8")
    for question, cases in CASES.items():
        path = root / "assignments" / STAGE / "tests" / f"{question}.py"
        path.write_text(HEAD.format(name=question) + cases, encoding="utf-8")
    return load_course(root).stages[0]
