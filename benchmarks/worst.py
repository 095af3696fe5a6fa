"""What the worst that is handed in costs a class, by 2 workers.

Two of a kind, each written differently, in a class of 40, and then ten of every kind in a class of 200. What a kind
may cost are its deadlines, waited for by the workers; every neighbour has its right result, and no worker grows.
"""

import contextlib
import multiprocessing
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.grading import graded
from capas.course.model import Course, Stage

STAGE, WORKERS = "03_softmax", 2
COLUMNS = ["of a class", "what", "took", "most memory of a worker", "neighbours with their right result"]
LOOK_SECONDS = 0.05

KINDS: dict[str, str] = {
    "answers 60 MB at each call": "def softmax(a):\n    return np.ones(60_000_000, bool)\n",
    "answers a million numbers at each call": "def softmax(a):\n    return np.ones(1_000_000)\n",
    "answers a list of 90,000 mixed things": "def softmax(a):\n    return [1, 'a', None, 2.5] * 22_500\n",
    "prints 10 MB at each call": "def softmax(a):\n    print('x' * 10_000_000)\n    return a\n",
    "10,000 warnings at each call": (
        "import warnings\n\ndef softmax(a):\n    for n in range(10_000):\n        warnings.warn(str(n))\n    return a\n"
    ),
    "a function that never ends": "def softmax(a):\n    while True:\n        pass\n",
    "a cell that never ends": "while True:\n    pass\n",
    "takes memory without end": "def softmax(a):\n    return [bytearray(2**24) for _ in iter(int, 1)]\n",
    "a fork bomb": "import os\n\ndef softmax(a):\n    while True:\n        os.fork()\n",
    "2 MB of short lines": "x\n" * 1_000_000,
    "a cell of 0.2 MB of `;` lines": ";x\n" * 66_000,
}


class ClassCost(NamedTuple):
    """What grading a class took: seconds, the most MB of a worker, and whose result was not the right one."""

    seconds: float
    worker_mb: int
    wronged: list[str]


def worst_class(stage: Stage, kinds: list[str], size: int, each: int, folder: Path) -> None:
    """Write ``size`` submissions, spread among them ``each`` of every kind; all others are right."""
    reference = (stage.solutions / "reference.py").read_text(encoding="utf-8")
    bad = [f"{KINDS[kind]}\n# {number}\n" for number in range(each) for kind in kinds]
    places = {place * size // max(len(bad), 1): place for place in range(len(bad))}
    folder.mkdir(parents=True)
    for place in range(size):
        name = f"{'worst' if place in places else 'right'}_{place:03d}.py"
        text = f"{reference}\n\n{bad[places[place]]}" if place in places else f"{reference}\n# {place}\n"
        (folder / name).write_text(text, encoding="utf-8")


def cost_of(stage: Stage, kinds: list[str], size: int, each: int, workers: int) -> ClassCost:
    """Grade such a class."""
    with tempfile.TemporaryDirectory() as name, _watched_workers() as peaks:
        worst_class(stage, kinds, size, each, Path(name) / "class")
        begin = time.perf_counter()
        scores = graded(stage, Path(name) / "class", workers)
        took = time.perf_counter() - begin
    assert len(scores) == size, len(scores)
    wronged = [file for file, score in scores.items() if file.startswith("right") and score != stage.points]
    return ClassCost(took, max(peaks.values(), default=0) // 1024, wronged)


@contextlib.contextmanager
def _watched_workers() -> Iterator[dict[int, int]]:
    """Note the most kB that each process started meanwhile has had, by its id."""
    peaks: dict[int, int] = {}
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(LOOK_SECONDS):
            for process in multiprocessing.active_children():
                with contextlib.suppress(OSError, StopIteration):
                    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
                    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
                    peaks[process.pid or 0] = int(line.split()[1])

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield peaks
    finally:
        ended.set()
        thread.join()


def rows(course: Course, share: int) -> Iterator[list[str]]:
    """Yield what a class costs without the worst, with each kind, and with all; of all only one in ``share``."""
    (stage,) = course.choose([STAGE])
    small, large = (40 // share, 2 // share), (200 // share, 10 // share)
    classes = [("none", [], small), *((kind, [kind], small) for kind in KINDS)]
    for name, kinds, (size, each) in [*classes, ("none", [], large), ("all of these", list(KINDS), large)]:
        cost = cost_of(stage, kinds, size, each, WORKERS)
        right = "all" if not cost.wronged else f"NOT {', '.join(cost.wronged)}"
        yield [f"{each * len(kinds)} of {size}", name, f"{cost.seconds:.1f} s", f"{cost.worker_mb} MB", right]
