"""Print how fast grading is, beside `otter run` and beside the least that the same calls could take.

All ratios are of times measured in the same run, on the same cores. `--quick` only shows that it runs; `--write`
puts the tables into a document, between its marks.
"""

import argparse
import statistics
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from benchmarks.building import building
from benchmarks.grading import Measured, measure_libraries, measure_stage
from benchmarks.growth import measure_growth
from benchmarks.machines import measure_dask
from benchmarks.measure import machine, table, timed
from benchmarks.paper import Rates, measure_writing, paper_table
from benchmarks.parts import libraries_table, parts_table
from capas.course.model import Stage, load_course

ROOT = Path(__file__).parents[1]
BEGIN, END = "<!-- measured: python -m benchmarks --write -->\n", "<!-- end of what is measured -->\n"


class Size(NamedTuple):
    """How much is measured."""

    submissions: int
    otter: int
    repeats: int
    growth: tuple[int, int]
    stages: tuple[str, ...]


FULL = Size(200, 16, 3, (1_000, 10_000), ())
QUICK = Size(8, 2, 1, (4, 8), ("03_softmax",))


def stages_table(measured: dict[str, Measured]) -> str:
    """Return the table of the stages' classes."""
    columns = ["stage", "`capas grade`, 2 workers", "`otter run`, 2 at once", "ratio", "same scores"]
    columns += ["right ones alone", "ratio", "floor", "1 worker", "1 worker / floor", "1 → 2 workers"]
    columns += ["one that hangs, one that crashes"]
    return table(
        columns,
        [
            [
                stage,
                one.two_workers.text(),
                f"{one.otter * 1e3:.0f} ms",
                f"{one.otter / one.two_workers.median:.0f}×",
                "yes" if one.same_scores else "NO",
                one.right_ones.text(),
                f"{one.otter / one.right_ones.median:.0f}×",
                f"{one.floor * 1e3:.1f} ms",
                one.one_worker.text(),
                f"{one.one_worker.median / one.floor:.1f}×",
                f"{one.one_worker.median / one.two_workers.median:.2f}×",
                f"+{one.hostile:.1f} s",
            ]
            for stage, one in measured.items()
        ],
    )


def others_table(size: Size, stage: Stage) -> tuple[str, float, float]:
    """Return the table of everything else, and how many a second are handed out, and written."""
    small, large = size.growth
    growth = measure_growth(stage, small, large)
    dask = measure_dask(stage, size.submissions, size.repeats)
    loaded, anew = measure_libraries(stage, max(4, size.submissions // 5))
    build = building(size.repeats, size.stages)
    check = [sys.executable, "-m", "capas.cli.main", "check", stage.id, str(stage.solutions / "reference.py")]
    cold = timed(lambda: subprocess.run(check, cwd=ROOT, check=True, capture_output=True), 2 * size.repeats - 1)
    same = "same files" if dask.same_results else "OTHER FILES"
    written, kilobytes = measure_writing(stage, 10 * size.submissions)
    rows = [
        (f"{large:,} submissions beside {small:,}", f"{growth.large:.1f} s", f"{growth.small:.1f} s", growth.ratio),
        (f"memory of the grader, from the {small:,}th to the last", f"{growth.megabytes:+.1f} MB"),
        (f"Dask with 2 worker processes beside 2 workers here, {same}", dask.dask.text(), dask.here.text(), dask.ratio),
        (
            "a submission that imports Matplotlib, SciPy, pandas: loaded before, beside loaded by each",
            loaded.text(),
            anew.text(),
            loaded.median / anew.median,
        ),
        ("`capas check` on one file, cold", cold.text()),
        (
            "`capas build`, beside a process of bare Otter Assign calls",
            f"{build['build']:.2f} s",
            f"{build['otter']:.2f} s",
            build["build"] / build["otter"],
        ),
        ("`capas build` with nothing changed", f"{build['again']:.2f} s"),
        ("handed out to other machines, and their empty results written", f"{dask.handed_out:.0f}/s"),
        (f"results written by the one process that writes, {kilobytes:.0f} kB each", f"{written:.0f}/s"),
    ]
    return table(["what", "", "beside", "ratio"], [_cells(*row) for row in rows]), dask.handed_out, written


def _cells(what: str, ours: str, other: str = "", ratio: float | None = None) -> list[str]:
    return [what, ours, other, "" if ratio is None else f"{ratio:.2f}×"]


def main() -> None:
    """Measure, print, and write if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few submissions of one stage, to see that it runs")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the tables into this document")
    options = parser.parse_args()
    size = QUICK if options.quick else FULL
    course = load_course(ROOT)
    begun = f"Measured on {machine()}.\n"
    measured = {
        stage.id: measure_stage(stage, size.submissions, size.otter, size.repeats)
        for stage in course.choose(size.stages)
    }
    (softmax,) = course.choose(["03_softmax"])
    others, handed_out, written = others_table(size, softmax)
    judged = 1 / statistics.fmean(one.two_workers.median for one in measured.values())
    text = "\n".join(
        [
            begun,
            stages_table(measured),
            others,
            parts_table(course.choose(size.stages)),
            libraries_table(),
            paper_table(Rates(judged, handed_out, written)),
        ]
    )
    print(text)
    if options.write:
        document = options.write.read_text(encoding="utf-8")
        before, _, rest = document.partition(BEGIN)
        _, _, after = rest.partition(END)
        options.write.write_text(f"{before}{BEGIN}{text}{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
