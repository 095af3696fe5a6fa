"""Print how fast grading is, beside `otter run` and beside the least that the same calls could take.

All ratios are of times measured in the same run, on the same cores. `--only` measures some of it, `--quick` only shows
that it runs; `--write` puts each table into a document, between marks of its name.
"""

import argparse
import time
from pathlib import Path

from rich.console import Console

from benchmarks.measure import machine, table
from benchmarks.measurements import FULL, MEASUREMENTS, QUICK, ROOT, Figures, Size
from capas.course.model import Course, load_course

BEGIN, END = "<!-- measured: {} -->\n", "<!-- end of {} -->\n"

console = Console(stderr=True)


def main() -> None:
    """Measure, print, and write if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few submissions of one stage, to see that it runs")
    parser.add_argument("--only", metavar="NAME,NAME", help=f"of {', '.join(MEASUREMENTS)}")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the tables into this document")
    options = parser.parse_args()
    names = chosen(parser, options.only)
    size, course, figures = QUICK if options.quick else FULL, load_course(ROOT), Figures()
    print(f"Measured on {machine()}.", flush=True)
    for place, name in enumerate(names, 1):
        begin = time.monotonic()
        print(f"\n[{place}/{len(names)}] {name}: {MEASUREMENTS[name].title}", flush=True)
        text = measured(name, size, course, figures)
        print(f"{time.monotonic() - begin:.0f} s", flush=True)
        if options.write:
            write(options.write, name, f"Measured on {machine()}.\n\n{text}")


def chosen(parser: argparse.ArgumentParser, only: str | None) -> list[str]:
    """Return the names of what is to be measured, in order; a name that is none ends the program."""
    wanted = [name.strip() for name in only.split(",")] if only else list(MEASUREMENTS)
    for name in wanted:
        if name not in MEASUREMENTS:
            parser.error(f"--only: no measurement {name!r}; there are {', '.join(MEASUREMENTS)}")
        missing = [needed for needed in MEASUREMENTS[name].needs if needed not in wanted]
        if missing:
            parser.error(f"--only: {name} needs {', '.join(missing)}, too")
    return [name for name in MEASUREMENTS if name in wanted]


def measured(name: str, size: Size, course: Course, figures: Figures) -> str:
    """Return a table, and print its rows as they come."""
    measurement, rows = MEASUREMENTS[name], list[list[str]]()
    print(" · ".join(measurement.columns), flush=True)
    with console.status(f"{name} …"):
        for row in measurement.rows(size, course, figures):
            rows.append(row)
            print(" · ".join(row), flush=True)
    return table(measurement.columns, rows)


def write(document: Path, name: str, text: str) -> None:
    """Put a table between the marks of its name; ValueError where a document has none."""
    begin, end = BEGIN.format(name), END.format(name)
    before, found, rest = document.read_text(encoding="utf-8").partition(begin)
    _, also_found, after = rest.partition(end)
    if not found or not also_found:
        raise ValueError(f"{document}: no lines {begin.strip()} and {end.strip()}")
    document.write_text(f"{before}{begin}{text}{end}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
