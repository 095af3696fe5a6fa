"""A class whose networks are really trained: how long it takes, and how well they read."""

import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import timed
from capas.course.model import Course, Stage
from capas.course.solutions import Solutions
from capas.grading.maker import StageGraders
from capas.grading.result import Result
from capas.report.measured import number_of
from capas.run.pool import GradingRun, grade_all
from capas.submission import list_submissions

STAGE = "06_digits"
COLUMNS = ["submissions", "workers", "`capas grade`", "each", "one training", "longest", "right of hidden pictures"]
HIDDEN_UNITS, EPOCHS, RATES = (4, 8, 12, 16, 24, 32, 48, 64), (0, 1, 2, 4, 8, 15, 30, 45), (2.5, 1.0, 0.3, 0.05)


OWN = """
def train_own(pictures, digits, seed):
    x, t, losses = np.asarray(pictures) / 16, np.eye(10)[np.asarray(digits)], []
    network = initialize([64, {units}, 10], seed)
    for epoch in range({epochs}):
        for batch in batches(len(x), 16, 1000 * seed + epoch):
            network = update(network, backpropagate(x[batch], t[batch], network), {rate})
        losses.append(squared_loss(forward(x, network)[-1], t))
    return [array for layer in network for array in layer], losses


def predict_own(parameters, pictures):
    network = list(zip(parameters[::2], parameters[1::2]))
    return np.argmax(forward(np.asarray(pictures) / 16, network)[-1], axis=1)
"""
"""A network of one's own, made of the functions of the stage."""


def trained_class(stage: Stage, size: int, folder: Path) -> list[Path]:
    """Write ``size`` submissions, no two the same: networks small and large, trained hardly and well, by many rates.

    The names say the order in which training goes: `s000_e30_h32_r2.5.py` is thirty epochs of 32 units.
    """
    source = Solutions(stage).reference_source
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number in range(size):
        # From place to place all three change, so that a few submissions are of all kinds.
        epochs, units = EPOCHS[(number * 3) % len(EPOCHS)], HIDDEN_UNITS[(number * 5 + number // 8) % len(HIDDEN_UNITS)]
        rate = RATES[(number // 3) % len(RATES)]
        own = OWN.format(epochs=epochs, units=units, rate=rate)
        path = folder / f"s{number:03d}_e{epochs}_h{units}_r{rate}.py"
        path.write_text(f"{source}\n\n{own}\n\npseudonym = 'net {number}'\n", encoding="utf-8")
        paths.append(path)
    return paths


def rows(course: Course, size: int, workers: int = 2) -> Iterator[list[str]]:
    """Yield a row for a class of ``size``."""
    (stage,) = course.choose([STAGE])
    results: list[Result] = []
    with tempfile.TemporaryDirectory() as name:
        trained_class(stage, size, Path(name) / "class")
        run = GradingRun(StageGraders(stage, "es"), Path(name) / "out", workers)
        submissions = list_submissions([Path(name) / "class"])
        took = timed(lambda: results.extend(grade_all(run, submissions)))
    seconds, accuracy = ([number_of(one.measured(name)) for one in results] for name in ("seconds", "accuracy"))
    trained, right = ([one for one in many if one is not None] for many in (seconds, accuracy))
    yield [
        f"{size}",
        f"{workers}",
        took.text(),
        took.each(size).text(),
        f"{statistics.median(trained):.2f} s",
        f"{max(trained):.2f} s",
        f"{100 * min(right):.0f}–{100 * max(right):.1f} %, in the middle {100 * statistics.median(right):.1f} %",
    ]
