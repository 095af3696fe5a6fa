"""Bundles of Otter's: ours beside `otter run` two at once, on small ones of the tests."""

import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from capas.grading.maker import BundleGraders
from capas.grading.otter_zip.bundle import read_bundle
from capas.submission import list_submissions
from capas.verify.otter_bundles import Compared, grade_ours, grade_with_otter

sys.path.append(str(Path(__file__).parents[1] / "tests"))

COLUMNS = ["bundle", "submissions", "a submission", "otter run, two at once", "ratio", "same scores"]
KINDS = (
    "plain values",
    "functions",
    "tables and arrays",
    "plots",
    "seed",
    "exception-based",
    "datascience",
    "statsmodels",
)
LIBRARIES = ("datascience", "statsmodels")
"""Kinds of bundles that want the library of that name, which is none of ours: such a row may say that it is missing."""


def _features() -> dict[str, Any]:
    """Return the bundles of the tests, and those that want more libraries."""
    from otter_bundles import doctests
    from otter_features import FEATURES, START, Feature

    table = doctests("q1", ">>> t.num_rows\n3", ">>> t.where('a', are.above(1)).column('b').sum() == 11\nTrue")
    make = "from datascience import *\nt = Table().with_columns('a', make_array(1, 2, 3), 'b', make_array(4, 5, 6))"
    slope = doctests("q1", ">>> round(float(fit.params.iloc[1]), 3)\n2.0", ">>> bool(fit.rsquared > 0.99)\nTrue")
    fit = "import statsmodels.api as sm, pandas as pd\nt = pd.DataFrame({'x': [1, 2, 3, 4], 'y': [3.0, 5, 7, 9]})\n"
    fit += "fit = sm.OLS(t['y'], sm.add_constant(t['x'])).fit()"
    works = {"q1": [True, True]}
    return FEATURES | {
        "datascience": Feature({"q1": table}, {"right": ([START, make], works), "wrong": ([START, "t = 1"], {})}),
        "statsmodels": Feature({"q1": slope}, {"right": ([START, fit], works), "wrong": ([START, "fit = 1"], {})}),
    }


def otter_rows(submissions: int, otter: int, kinds: int = len(KINDS)) -> Iterator[list[str]]:
    """Yield a row a bundle: ``submissions`` are graded by us, ``otter`` of them by `otter run`."""
    from otter_bundles import notebook, written, zipped

    features = _features()
    for kind in KINDS[:kinds]:
        feature = features[kind]
        if kind in LIBRARIES and find_spec(kind) is None:
            yield [kind, "0", f"{kind} is not installed", "", "", ""]
            continue
        with tempfile.TemporaryDirectory(prefix="capas-bench-") as name:
            folder = Path(name)
            path = written(folder / "hw-autograder.zip", zipped(feature.tests, feature.config, **feature.files))
            works = [cells for cells, _ in feature.students.values()]
            for number in range(submissions):
                # No two are the same, or one would be graded for both.
                data = notebook(*works[number % len(works)], f"number = {number}")
                written(folder / "handed_in" / f"{number:03}" / "hw.ipynb", data)
            files = list_submissions([folder / "handed_in"])
            ours, seconds = grade_ours(BundleGraders(read_bundle(path), "en"), files, 2)
            scores = list(grade_with_otter(path, files[:otter], 2))
            compared = [Compared(ours[file.id], score) for file, score in zip(files, scores, strict=False)]
        each, otters = seconds / submissions, sum(score.seconds for score in scores) / 2 / otter
        same = all(one.same_score for one in compared)
        yield [
            kind,
            str(submissions),
            f"{1000 * each:.0f} ms",
            f"{otters:.1f} s",
            f"{otters / each:.0f}×",
            "yes" if same else "no",
        ]
