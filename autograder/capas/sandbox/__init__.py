"""Run code nobody vouches for in a process of its own, and call its functions with plain data.

This room knows nothing of courses, tests or grades. `Zygote` is a clean process that forks; `Sandbox` is one
fork with one program loaded; its functions are called through `Proxy` objects.
"""

from capas.sandbox.errors import CallCrashed, CallTimedOut, SandboxError, UnsendableResult
from capas.sandbox.host import Limits, Loaded, Proxy, Sandbox
from capas.sandbox.zygote import Zygote

__all__ = [
    "CallCrashed",
    "CallTimedOut",
    "Limits",
    "Loaded",
    "Proxy",
    "Sandbox",
    "SandboxError",
    "UnsendableResult",
    "Zygote",
]
