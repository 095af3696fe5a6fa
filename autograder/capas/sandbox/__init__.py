"""Run code nobody vouches for in a process of its own, and call its functions with plain data.

This room knows nothing of courses, tests or grades. `Zygote` is a clean process that forks; `Sandbox` is one
fork with one program loaded; its functions are called through `Proxy` objects.
"""

from capas.sandbox.confinement import hide_from_others
from capas.sandbox.errors import (
    CallCrashed,
    CallExited,
    CallTimedOut,
    SandboxError,
    TooLargeResult,
    UnsendableArgument,
    UnsendableResult,
)
from capas.sandbox.host import Sandbox
from capas.sandbox.layers import MAX_LEVEL, Confinement, describe
from capas.sandbox.limits import Limits, StageLimits
from capas.sandbox.loading import CellError, CellReport, LeftOut, Loaded, ProgramSource
from capas.sandbox.shared import NO_DATA, SharedData
from capas.sandbox.values import Handle, Proxy
from capas.sandbox.zygote import Zygote

__all__ = [
    "MAX_LEVEL",
    "NO_DATA",
    "CallCrashed",
    "CallExited",
    "CallTimedOut",
    "CellError",
    "CellReport",
    "Confinement",
    "Handle",
    "LeftOut",
    "Limits",
    "Loaded",
    "ProgramSource",
    "Proxy",
    "Sandbox",
    "SandboxError",
    "SharedData",
    "StageLimits",
    "TooLargeResult",
    "UnsendableArgument",
    "UnsendableResult",
    "Zygote",
    "describe",
    "hide_from_others",
]
