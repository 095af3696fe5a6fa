"""Times, and how they are told."""

import os
import platform
import statistics
import time
from collections.abc import Callable
from typing import NamedTuple


class Times(NamedTuple):
    """Seconds of several runs of the same."""

    runs: list[float]

    @property
    def median(self) -> float:
        """What ratios are made of."""
        return statistics.median(self.runs)

    def each(self, count: int) -> "Times":
        """Return the same for one of ``count``."""
        return Times([seconds / count for seconds in self.runs])

    def text(self) -> str:
        """Return median, and smallest and largest in parentheses, in the unit that fits."""
        unit, factor = ("s", 1.0) if self.median >= 0.5 else ("ms", 1e3)
        digits = 0 if self.median * factor >= 100 else 1 if self.median * factor >= 10 or unit == "ms" else 2
        low, middle, high = (f"{value * factor:.{digits}f}" for value in (min(self.runs), self.median, max(self.runs)))
        return f"{middle} {unit}" if len(self.runs) == 1 else f"{middle} {unit} ({low}–{high})"


def timed(work: Callable[[], object], repeats: int = 1) -> Times:
    """Return the seconds that ``work`` takes, each time anew."""
    runs = []
    for _ in range(repeats):
        begin = time.perf_counter()
        work()
        runs.append(time.perf_counter() - begin)
    return Times(runs)


def typical_ms(work: Callable[[], object], repeats: int) -> float:
    """Return the median milliseconds of ``work``, after it was done once."""
    work()
    return timed(work, repeats).median * 1e3


def machine() -> str:
    """Return the date and what this machine is."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    system = f"{platform.system()} {platform.release().split('-')[0]}"
    return f"{time.strftime('%Y-%m-%d')}, {_processor()}, {cores} cores, {system}, Python {platform.python_version()}"


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            names = [line.partition(":")[2].strip() for line in file if line.startswith("model name")]
        return names[0]
    except (OSError, IndexError):
        return platform.machine()


def table(columns: list[str], rows: list[list[str]]) -> str:
    """Return a Markdown table."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
