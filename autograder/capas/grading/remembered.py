"""What is remembered of cases: a case that gets the same answers again ends the same."""

import hashlib
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from capas.grading.cases import case_function
from capas.grading.otter_files import JudgedRun
from capas.sandbox.values import Proxy

MAX_REMEMBERED_BYTES, MAX_BYTES = 2**18, 2**25
"""Of the answers that one case got, and of those that all remembered ones got."""
OVERHEAD_BYTES = 2_000
"""About what a run takes besides."""

MAX_BY_CODE = 20_000


class RememberedRun(NamedTuple):
    """A run of a case, how many of its planned calls it made, and the functions that printed."""

    run: JudgedRun
    made: int
    printing: frozenset[str]


class RememberedRuns:
    """Runs of cases by all that their planned calls were answered.

    One worker has one for the cases of one stage as they were read, so nothing else can differ.
    """

    def __init__(self) -> None:
        self._runs: dict[tuple[Callable[..., Any], bytes], tuple[RememberedRun, int]] = {}
        self._places: set[int] = set()
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._runs)

    def holds(self, run: JudgedRun) -> bool:
        """Tell whether a run is one of them, and no other that is like it."""
        return id(run) in self._places

    def find(self, case: Any, data: Sequence[bytes]) -> RememberedRun | None:
        """Return the run of a case that was answered ``data``."""
        found = self._runs.get((case_function(case), _digest(data)))
        return None if found is None else found[0]

    def keep(self, case: Any, data: Sequence[bytes], remembered: RememberedRun) -> None:
        """Remember a run; nothing of it leads to the program that was called."""
        size = sum(map(len, data)) + OVERHEAD_BYTES
        if size > MAX_REMEMBERED_BYTES:
            return
        for call in remembered.run.calls:
            call._function = Proxy(_gone, getattr(call._function, "__name__", "f"))
        while self._runs and self._bytes + size > MAX_BYTES:  # the oldest first
            (oldest, _, _), oldest_size = self._runs.pop(next(iter(self._runs)))
            self._places.discard(id(oldest))
            self._bytes -= oldest_size
        self._places.add(id(remembered.run))
        self._runs[case_function(case), _digest(data)] = remembered, size
        self._bytes += size


class RememberedByCode(NamedTuple):
    """A run of a case that the code called in it decided, and how many ``seconds`` its calls took then."""

    remembered: RememberedRun
    seconds: float


class RunsByCode:
    """Remembered runs by the code of the functions that the case takes, where that decides what they answer.

    Args:
        remembered: where they are; what is forgotten there is forgotten here.
    """

    def __init__(self, remembered: RememberedRuns):
        self._remembered = remembered
        self._found: dict[tuple[Any, ...], RememberedByCode] = {}

    def find(self, case: Any, codes: Sequence[str]) -> RememberedByCode | None:
        """Return the run of a case on functions of these codes."""
        key = case_function(case), *codes
        found = self._found.get(key)
        if found is not None and not self._remembered.holds(found.remembered.run):
            del self._found[key]
            return None
        return found

    def keep(self, case: Any, codes: Sequence[str], found: RememberedByCode) -> None:
        """Remember a run.

        Not one that measures, for that may be a time; nor one that was short of memory, which others may have used.
        """
        run = found.remembered.run
        short_of_memory = any(isinstance(call.error, MemoryError) for call in run.calls)
        if run.measures or short_of_memory or not self._remembered.holds(run):
            return
        if len(self._found) >= MAX_BY_CODE:
            self._found.clear()
        self._found[case_function(case), *codes] = found


def _gone(*_arguments: Any) -> Any:
    raise LookupError("the program that was called is gone")


def _digest(data: Sequence[bytes]) -> bytes:
    digest = hashlib.sha256()
    for part in data:
        digest.update(len(part).to_bytes(8) + part)
    return digest.digest()
