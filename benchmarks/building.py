"""What `capas build` costs beside the bare Otter Assign calls in it: `python -m benchmarks.building`.

All in processes of their own that start cold, one at a time, as the command is used. The bare calls get the notebooks
that a build of the same course composes.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from unittest import mock

from benchmarks.measure import table
from capas.bundle.build import build_stage
from capas.course.model import COURSE_FILE, load_course

ROOT = Path(__file__).parents[1]
REPEATS = 5

# What must run for Otter Assign to make the same bundles, and nothing else; prints the seconds of the calls alone.
BARE = """
import contextlib, io, logging, sys, time
from otter.assign import main
logging.getLogger("otter").setLevel(logging.ERROR)
begin = time.perf_counter()
for path in sys.argv[1:]:
    with contextlib.redirect_stdout(io.StringIO()):
        main(path, path + ".made", no_pdfs=True, no_run_tests=True)
print(time.perf_counter() - begin)
"""


def building(repeats: int = REPEATS, stages: Sequence[str] = ()) -> dict[str, float]:
    """Return the median seconds of building the course, or those stages of it, in a copy.

    ``build`` is `capas build --fresh`; ``otter`` a process that only makes its calls of Otter Assign, ``calls`` those
    calls in it, without start and imports; ``again`` is `capas build` with nothing changed.
    """
    with tempfile.TemporaryDirectory() as name:
        course = Path(name) / "course"
        for folder in ("assignments", "solutions"):
            shutil.copytree(ROOT / folder, course / folder)
        shutil.copy(ROOT / COURSE_FILE, course)
        notebooks = _notebooks(course, stages, Path(name) / "notebooks")
        command = [sys.executable, "-m", "capas.cli.main", "build", *stages]
        times: dict[str, list[float]] = {"build": [], "otter": [], "calls": [], "again": []}
        # In turn, so that a slow minute of the machine is in all of them.
        for _ in range(repeats):
            times["build"].append(_run([*command, "--fresh"], course)[0])
            seconds, printed = _run([sys.executable, "-c", BARE, *notebooks], course)
            times["otter"].append(seconds)
            times["calls"].append(float(printed))
            times["again"].append(_run(command, course)[0])
            for notebook in notebooks:
                shutil.rmtree(f"{notebook}.made")
    return {what: statistics.median(seconds) for what, seconds in times.items()}


def _notebooks(course: Path, stages: Sequence[str], folder: Path) -> list[str]:
    """Build, and keep what Otter Assign is given: each notebook in a folder with the wheel beside it."""
    from otter.assign import main as otter_assign

    kept: list[str] = []

    def keep(path: str, *arguments: str, **options: bool) -> None:
        copy = folder / str(len(kept))
        shutil.copytree(Path(path).parent, copy)
        kept.append(str(copy / Path(path).name))
        otter_assign(path, *arguments, **options)

    loaded = load_course(course)
    with mock.patch("otter.assign.main", keep):
        for stage in loaded.choose(stages):
            for language in loaded.languages:
                build_stage(stage, language)
    return kept


def _run(command: Sequence[str], folder: Path) -> tuple[float, str]:
    begin = time.perf_counter()
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    return time.perf_counter() - begin, done.stdout


def main() -> None:
    """Print the table."""
    times = building()
    columns = ["capas build", "Otter Assign alone", "ratio", "its calls, without imports", "nothing changed"]
    seconds = {what: f"{value:.2f} s" for what, value in times.items()}
    ratio = f"{times['build'] / times['otter']:.2f}×"
    print(table(columns, [[seconds["build"], seconds["otter"], ratio, seconds["calls"], seconds["again"]]]))


if __name__ == "__main__":
    main()
