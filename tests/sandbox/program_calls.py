"""What the tests of programs share: limits, a call, and a cell that tells its host what was called."""

from collections.abc import Callable
from typing import Any

from capas.sandbox import Limits
from capas.sandbox.program import Program

LONG = Limits(load_seconds=60, call_seconds=60, program_seconds=600)
SHORT = Limits(load_seconds=60, call_seconds=0.5, program_seconds=600)

StartProgram = Callable[..., Program]

# Each call of a function writes a line to this file of the host, so that a test can count them.
NOTE = "def note(name):\n    with open({path!r}, 'a') as file: print(name, file=file)"


def ask(program: Program, function: str, *arguments: Any, **keywords: Any) -> Any:
    return program.call(function, arguments, keywords)
