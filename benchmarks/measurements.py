"""What `python -m benchmarks` measures: each a table of `docs/performance.md`, whose rows come one by one."""

import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks import copies, endless, site, tables, trained, worst
from benchmarks.building import building
from benchmarks.grading import Measured, measure_libraries, measure_repeating, measure_stage
from benchmarks.growth import measure_growth
from benchmarks.machines import measure_dask
from benchmarks.measure import Times, timed
from benchmarks.otter_zips import COLUMNS as OTTER_COLUMNS
from benchmarks.otter_zips import otter_rows
from benchmarks.paper import PAPER_COLUMNS, Rates, measure_writing, paper_rows
from benchmarks.parts import LIBRARY_COLUMNS, PART_COLUMNS, library_rows, part_rows
from benchmarks.reporting import measure_report
from capas.course.model import Course, Stage

ROOT = Path(__file__).parents[1]
BESIDE = ["what", "", "beside", "ratio"]

REPEATED = 30
"""Mistakes that a class makes again and again."""

Row = list[str]
Figures = dict[str, float]
"""What later measurements need of earlier ones: submissions a second, by what bounds them."""


class Size(NamedTuple):
    """How much is measured."""

    submissions: int
    otter: int
    repeats: int
    growth: tuple[int, int]
    stages: tuple[str, ...]
    endless: int
    worst_share: int
    reported: int
    copies: int


FULL = Size(200, 16, 3, (1_000, 10_000), (), 5, 1, 3_000, 3_000)
QUICK = Size(8, 2, 1, (4, 8), ("03_softmax",), 1, 40, 10, 40)


class Measurement(NamedTuple):
    """One table: what it is about, its columns, and what yields its rows."""

    title: str
    columns: list[str]
    rows: Callable[[Size, Course, Figures], Iterator[Row]]
    needs: tuple[str, ...] = ()
    """Other measurements of the same run, which come before it."""


def _classes(size: Size, course: Course, figures: Figures) -> Iterator[Row]:
    seconds = []
    for stage in _stages_without_training(size, course):
        measured = measure_stage(stage, size.submissions, size.otter, size.repeats)
        seconds.append(measured.two_workers.median)
        yield _class_row(stage, measured)
    figures["judged"] = 1 / statistics.fmean(seconds)


def _class_row(stage: Stage, one: Measured) -> Row:
    return [
        stage.id,
        one.two_workers.text(),
        f"{one.otter * 1e3:.0f} ms",
        _ratio(one.otter, one.two_workers),
        "yes" if one.same_scores else "NO",
        one.right_ones.text(),
        _ratio(one.otter, one.right_ones),
        f"{one.floor * 1e3:.1f} ms",
        one.one_worker.text(),
        f"{one.one_worker.median / one.floor:.1f}×",
        f"{one.one_worker.median / one.two_workers.median:.2f}×",
        f"+{one.hostile:.1f} s",
    ]


def _repeats(size: Size, course: Course, _figures: Figures) -> Iterator[Row]:
    count = 3 * size.submissions // 2
    for stage in _stages_without_training(size, course):
        one = measure_repeating(stage, count, REPEATED, size.otter, size.repeats)
        ours = [cell for times in (one.alike, one.own_words) for cell in (times.text(), _ratio(one.otter, times))]
        yield [stage.id, f"{count}", *ours, f"{one.otter * 1e3:.0f} ms", "yes" if one.same_scores else "NO"]


def _stages_without_training(size: Size, course: Course) -> list[Stage]:
    """Return the stages whose submissions take no time to train anything: for those there is `digits`."""
    return [stage for stage in course.choose(size.stages) if not stage.measures]


def _ratio(otter: float, ours: Times) -> str:
    return f"{otter / ours.median:.0f}×"


def _growth(size: Size, course: Course, _figures: Figures) -> Iterator[Row]:
    small, large = size.growth
    grown = measure_growth(_softmax(course), small, large)
    yield _beside(
        f"{large:,} submissions beside {small:,}", f"{grown.large:.1f} s", f"{grown.small:.1f} s", grown.ratio
    )
    yield _beside(f"memory of the grader, from the {small:,}th to the last", f"{grown.megabytes:+.1f} MB")


def _machines(size: Size, course: Course, figures: Figures) -> Iterator[Row]:
    dask = measure_dask(_softmax(course), size.submissions, size.repeats)
    figures["handed_out"] = dask.handed_out
    same = "same files" if dask.same_results else "OTHER FILES"
    what = f"Dask with 2 worker processes beside 2 workers here, {same}"
    yield _beside(what, dask.dask.text(), dask.here.text(), dask.ratio)
    yield _beside("handed out to other machines, and their empty results written", f"{dask.handed_out:.0f}/s")


def _writing(size: Size, course: Course, figures: Figures) -> Iterator[Row]:
    written, kilobytes = measure_writing(_softmax(course), 10 * size.submissions)
    figures["written"] = written
    yield _beside(f"results written by the one process that writes, {kilobytes:.0f} kB each", f"{written:.0f}/s")


def _report(size: Size, course: Course, _figures: Figures) -> Iterator[Row]:
    few, many = size.reported // 10, size.reported
    small, large = (measure_report(_softmax(course), count) for count in (few, many))
    for what, unit, digits, name in (
        (f"the report of {many:,} with a page for each, beside {few:,}", "s", 1, "seconds"),
        ("on the processor, all its processes", "s", 1, "processor"),
        ("memory at most", "MB", 0, "megabytes"),
        ("the class's page", "MB", 1, "page_megabytes"),
    ):
        most, least = getattr(large, name), getattr(small, name)
        yield _beside(what, f"{most:.{digits}f} {unit}", f"{least:.{digits}f} {unit}", most / least)
    if large.seen and small.seen:
        for what, name in (("opened in Chromium", "opened"), ("searched", "searched"), ("sorted", "sorted")):
            most, least = (f"{getattr(one.seen, name):.0f} ms" for one in (large, small))
            yield _beside(f"that page {what}", most, least)


def _commands(size: Size, course: Course, _figures: Figures) -> Iterator[Row]:
    stage = _softmax(course)
    command = [sys.executable, "-m", "capas.cli.main", "check", stage.id, str(stage.solutions / "reference.py")]
    cold = timed(lambda: subprocess.run(command, cwd=ROOT, check=True, capture_output=True), 2 * size.repeats - 1)
    yield _beside("`capas check` on one file, cold", cold.text())
    build = building(size.repeats, size.stages)
    what = "`capas build`, beside a process of bare Otter Assign calls"
    yield _beside(what, f"{build['build']:.2f} s", f"{build['otter']:.2f} s", build["build"] / build["otter"])
    yield _beside("`capas build` with nothing changed", f"{build['again']:.2f} s")


def _loaded(size: Size, course: Course, _figures: Figures) -> Iterator[Row]:
    loaded, anew = measure_libraries(_softmax(course), max(4, size.submissions // 5))
    what = "a submission that imports Matplotlib, SciPy, pandas: loaded before, beside loaded by each"
    yield _beside(what, loaded.text(), anew.text(), loaded.median / anew.median)


def _paper(_size: Size, _course: Course, figures: Figures) -> Iterator[Row]:
    yield from paper_rows(Rates(**figures))


def _softmax(course: Course) -> Stage:
    return course.choose(["03_softmax"])[0]


def _beside(what: str, ours: str, other: str = "", ratio: float | None = None) -> Row:
    return [what, ours, other, "" if ratio is None else f"{ratio:.2f}×"]


CLASS_COLUMNS = ["stage", "`capas grade`, 2 workers", "`otter run`, 2 at once", "ratio", "same scores"]
CLASS_COLUMNS += ["right ones alone", "ratio", "floor", "1 worker", "1 worker / floor", "1 → 2 workers"]
CLASS_COLUMNS += ["one that hangs, one that crashes"]

REPEAT_COLUMNS = ["stage", "submissions", "`capas grade`, 2 workers", "ratio", "in everyone's own words", "ratio"]
REPEAT_COLUMNS += ["`otter run`, 2 at once", "same scores"]

MEASUREMENTS = {
    "classes": Measurement("a class of each stage, beside `otter run` and the floor", CLASS_COLUMNS, _classes),
    "repeats": Measurement("a class in which 30 mistakes repeat", REPEAT_COLUMNS, _repeats),
    "growth": Measurement("ten times as many submissions", BESIDE, _growth),
    "machines": Measurement("Dask beside workers here", BESIDE, _machines),
    "libraries": Measurement("libraries loaded before the fork", BESIDE, _loaded),
    "commands": Measurement("`capas check` and `capas build`", BESIDE, _commands),
    "writing": Measurement("results written", BESIDE, _writing),
    "report": Measurement("a class's report", BESIDE, _report),
    "parts": Measurement(
        "where the time of a right submission goes",
        PART_COLUMNS,
        lambda size, course, _: part_rows(course.choose(size.stages)),
    ),
    "otter-zips": Measurement(
        "bundles of Otter's beside `otter run`",
        OTTER_COLUMNS,
        lambda size, *_: otter_rows(min(size.submissions, 60), min(size.otter, 4), 1 if size == QUICK else 8),
    ),
    "tables": Measurement(
        "tables and plots: the example course",
        tables.COLUMNS,
        lambda size, *_: tables.table_rows(min(size.submissions, 60), min(size.otter, 6), size.repeats),
    ),
    "preload": Measurement("what fork servers have loaded", LIBRARY_COLUMNS, lambda *_: library_rows()),
    "endless": Measurement(
        "cells that never end",
        endless.COLUMNS,
        lambda size, course, _: endless.rows(course, size.submissions, size.endless),
    ),
    "worst": Measurement(
        "the worst that is handed in", worst.COLUMNS, lambda size, course, _: worst.rows(course, size.worst_share)
    ),
    "copies": Measurement(
        "code that a class shares", copies.COLUMNS, lambda size, course, _: copies.rows(course.stages[-1], size.copies)
    ),
    "digits": Measurement(
        "a class whose networks are really trained",
        trained.COLUMNS,
        lambda size, course, _: trained.rows(course, size.submissions),
    ),
    "site": Measurement(
        "the web site", site.COLUMNS, lambda size, course, _: site.rows(course, size.repeats, size.stages)
    ),
    "paper": Measurement("a university, on paper", PAPER_COLUMNS, _paper, ("classes", "machines", "writing")),
}
