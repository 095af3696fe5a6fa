"""Bundles of Otter's: ours beside `otter run` two at once, on small ones of the tests."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from capas.grading.maker import BundleGraders
from capas.grading.otter_zip.bundle import read_bundle
from capas.submission import list_submissions
from capas.verify.otter_bundles import Compared, grade_ours, grade_with_otter

sys.path.append(str(Path(__file__).parents[1] / "tests"))

COLUMNS = ["bundle", "submissions", "a submission", "otter run, two at once", "ratio", "same scores"]
KINDS = ("plain values", "functions", "tables and arrays", "plots", "seed", "exception-based", "generators", "hashes")


def otter_rows(submissions: int, otter: int, kinds: int = len(KINDS)) -> Iterator[list[str]]:
    """Yield a row a bundle: ``submissions`` are graded by us, ``otter`` of them by `otter run`."""
    from otter_bundles import notebook, written, zipped
    from otter_features import FEATURES

    for kind in KINDS[:kinds]:
        feature = FEATURES[kind]
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
