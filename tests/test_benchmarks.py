"""The benchmarks still run; how fast is not asserted, for that depends on the machine."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import BEGIN, END
from benchmarks.classes import endless_class
from benchmarks.measure import Times
from benchmarks.measurements import MEASUREMENTS
from benchmarks.paper import Rates, paper_rows
from capas.bundle.build import Bundle
from capas.course.model import Stage

ROOT = Path(__file__).parents[1]


def run_benchmarks(*options: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "benchmarks", "--quick", *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=1700, check=False)


@pytest.mark.slow
@pytest.mark.timeout(1800)  # seven minutes where nothing else runs, and it never has that
def test_the_benchmarks_run_and_put_their_tables_into_a_document(tmp_path: Path) -> None:
    document = tmp_path / "performance.md"
    marks = [BEGIN.format(name) + "stale table\n" + END.format(name) for name in MEASUREMENTS]
    document.write_text(f"before\n{''.join(marks)}after\n", encoding="utf-8")
    done = run_benchmarks("--write", str(document))
    assert done.returncode == 0, done.stderr[-2000:]
    assert not re.search(r"· NO\b", done.stdout), done.stdout
    written = document.read_text(encoding="utf-8")
    assert "stale table" not in written
    assert (written[:7], written[-6:]) == ("before\n", "after\n")
    # One row of each table, and no scores but the same.
    rows = ("| 03_softmax |", "| `capas check`", "| NumPy only |", "| 1,000,000 | 100 |", "| yes |", "same files")
    for row in (*rows, "| all of these |", "× 10 s |"):
        assert row in written
    assert f"[{len(MEASUREMENTS)}/{len(MEASUREMENTS)}] paper" in done.stdout


def test_the_document_has_a_place_for_every_measurement() -> None:
    document = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    for name in MEASUREMENTS:
        assert document.count(BEGIN.format(name)) == document.count(END.format(name)) == 1, name


def test_a_measurement_that_there_is_not_or_that_needs_others_is_told() -> None:
    for only, told in (("speed", "no measurement 'speed'; there are classes, "), ("paper", "paper needs classes")):
        done = run_benchmarks("--only", only)
        assert done.returncode == 2
        assert told in done.stderr


def test_a_class_with_endless_cells_has_so_many(tmp_path: Path, softmax: Stage, built_softmax: Bundle) -> None:
    for endless in (0, 2):
        folder = tmp_path / str(endless)
        endless_class(softmax, built_softmax, 6, endless, folder)
        sources = [path.read_text(encoding="utf-8") for path in folder.iterdir()]
        assert (len(sources), sum("while True" in source for source in sources)) == (6, endless)


def test_times_are_told_in_the_unit_that_fits() -> None:
    assert Times([0.0123]).text() == "12.3 ms"
    assert Times([0.0041, 0.0012, 0.0033]).text() == "3.3 ms (1.2–4.1)"
    assert Times([0.3, 0.1, 0.2]).each(2).text() == "100 ms (50–150)"
    assert Times([12.0, 2.0, 3.0]).text() == "3.00 s (2.00–12.00)"


def test_the_slowest_of_what_must_be_done_decides() -> None:
    rows = list(paper_rows(Rates(judged=100, handed_out=500, written=800)))
    assert ["100,000", "1", "17 min", "judging"] in rows
    assert ["100,000", "10", "3 min", "handing out"] in rows
    assert ["1,000,000", "1", "2.8 h", "judging"] in rows
