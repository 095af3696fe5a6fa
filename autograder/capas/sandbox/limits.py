"""How much student code may take."""

import msgspec


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Times in seconds: to run a program from top to bottom, for one call, and for all of a program's sandboxes.

    ``memory_mb`` is what a sandbox may use beyond what it starts with.
    """

    load_seconds: float = 10.0
    call_seconds: float = 2.0
    program_seconds: float = 60.0
    memory_mb: int = 1024
