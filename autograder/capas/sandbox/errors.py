"""What can become of a call into a sandbox, besides a result. ``kind`` is what a case reports."""


class SandboxError(Exception):
    """The sandbox, not the student's function, ended the call."""

    kind = "crashed"


class CallTimedOut(SandboxError):
    """The call took longer than its deadline; its sandbox is gone."""

    kind = "timeout"


class CallCrashed(SandboxError):
    """The process ended, or said something that is not in the protocol; its sandbox is gone."""

    kind = "crashed"


class CallExited(SandboxError):
    """The function asked for the program's end, as `exit()` does; its sandbox lives on."""

    kind = "exited"


class UnsendableArgument(Exception):
    """Who calls gave an argument that is not plain data; the function was not called, and its sandbox lives on."""

    kind = "argument"


class TooLargeResult(SandboxError):
    """The function returned far more data than any case asks for; its sandbox lives on."""

    kind = "too_large"


class UnsendableResult(SandboxError):
    """The function returned, but not plain data; its sandbox lives on."""

    kind = "unsendable"
