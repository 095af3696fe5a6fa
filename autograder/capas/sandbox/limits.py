"""How much student code may take."""

import msgspec


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
