"""The benchmarks still run; how fast is not asserted, for that depends on the machine."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import BEGIN, END
from benchmarks.classes import endless_class
from benchmarks.measure import Times
from benchmarks.paper import Rates, paper_table
from capas.bundle.build import Bundle
from capas.course.model import Stage

ROOT = Path(__file__).parents[1]


@pytest.mark.slow
def test_the_benchmarks_run_and_put_their_tables_into_a_document(tmp_path: Path) -> None:
    document = tmp_path / "performance.md"
    document.write_text(f"before\n{BEGIN}old\n{END}after\n", encoding="utf-8")
    command = [sys.executable, "-m", "benchmarks", "--quick", "--write", str(document)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr[-2000:]
    # One row of each table, and no scores but the same.
    for row in ("| 03_softmax |", "| `capas check`", "| NumPy only |", "| 1,000,000 | 100 |", "| yes |", "same files"):
        assert row in done.stdout
    written = document.read_text(encoding="utf-8")
    assert written.startswith(f"before\n{BEGIN}Measured on ")
    assert written.endswith(f"{done.stdout.rstrip()}\n{END}after\n")


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
    table = paper_table(Rates(judged=100, handed_out=500, written=800))
    assert "| 100,000 | 1 | 17 min | judging |" in table
    assert "| 100,000 | 10 | 3 min | handing out |" in table
    assert "| 1,000,000 | 1 | 2.8 h | judging |" in table
