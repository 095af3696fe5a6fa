"""How much student code may take."""

from collections.abc import Mapping

import msgspec

TIMES = 2
"""How often a function that takes long is called: once, and once more where its question fails."""


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Times in seconds: to run one cell, to run a program from top to bottom, for one call, and for all calls.

    What takes longer than ``cell_seconds`` is interrupted and the next cell runs; with ``load_seconds`` used up, only
    definitions do. ``program_seconds`` are for the calls into all sandboxes of a program, and for loading it again.
    ``memory_mb`` is what a sandbox may use beyond what it starts with.
    """

    cell_seconds: float = 10.0
    load_seconds: float = 60.0
    call_seconds: float = 2.0
    program_seconds: float = 60.0
    memory_mb: int = 1024

    def of_call(self, function: object) -> float:
        """Return how long a call of a function, by its name, may take."""
        return self.call_seconds

    def with_own(self, seconds: Mapping[str, float]) -> "StageLimits":
        """Return the limits of a stage with functions that take long, by their names.

        For all calls there is as much more time as it takes to call each of them twice: where a question fails, a
        fresh sandbox is asked again.
        """
        limits = msgspec.structs.asdict(self)
        limits["program_seconds"] += TIMES * sum(seconds.values())
        return StageLimits(**limits, own_seconds=dict(seconds))


class StageLimits(Limits, frozen=True, forbid_unknown_fields=True):
    """Limits with functions that may take longer than ``call_seconds`` for a call, and how long: ``own_seconds``."""

    own_seconds: dict[str, float] = {}

    def __hash__(self) -> int:
        """Limits that are equal have the same."""
        return hash((self.call_seconds, self.program_seconds, *sorted(self.own_seconds.items())))

    def of_call(self, function: object) -> float:
        """Return how long a call of a function, by its name, may take."""
        return self.own_seconds.get(function, self.call_seconds) if isinstance(function, str) else self.call_seconds
