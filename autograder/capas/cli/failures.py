"""What goes wrong in a command, told in one line on standard error, and the exit code that goes with it."""

import contextlib
import errno
import os
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path

import typer

from capas.files import UserError, UserErrors
from capas.texts.output import show_readable

STOPPED = "stopped; what was written stays, run the same command to go on"
PROGRAM_FAILED, WRONG_USE = 1, 2

# typer may carry a click of its own, so the class is taken from typer.
_UsageError: type[Exception] = next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException")

_PLACES = {
    errno.ENOENT: "does not exist",
    errno.EISDIR: "is a folder; a file is needed there",
    errno.ENOTDIR: "is a file, or below one; a folder is needed there",
    errno.EEXIST: "is a file; a folder is needed there",
    errno.EACCES: "may not be read or written by you; change its permissions, or choose another place",
    errno.EPERM: "may not be read or written by you; change its permissions, or choose another place",
    errno.EROFS: "is on a disk that is read-only; choose another place",
    errno.ENAMETOOLONG: "has too long a name; choose a shorter one",
    errno.ELOOP: "is a link that leads to itself; remove it",
}
_SHORTAGES = {
    errno.ENOSPC: "the disk is full; free some space, and run the same command again",
    errno.EDQUOT: "your share of the disk is full; free some space, and run the same command again",
    errno.EMFILE: "too many open files; allow more (ulimit -n 1024), and run the same command again",
    errno.ENFILE: "too many open files on this machine; end some programs, and run the same command again",
    errno.ENOMEM: "not enough memory; free some, and run the same command again",
    errno.EAGAIN: "too many processes; end some programs, and run the same command again",
}


class _Stopped(BaseException):
    """Ctrl-C. A KeyboardInterrupt would be taken by the library that reads the command line, which says nothing."""


def _stop(_signal: int, _frame: object) -> None:
    raise _Stopped


def run_command(command: Callable[[], object]) -> int:
    """Run a command and return the exit code: its own, or that of the failure that was told."""
    try:
        # Not where Ctrl-C is ignored, as it is for what a shell runs in the background.
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, _stop)
        # Started with a closed output there is no stream at all.
        sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
        sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
        show_readable()
        code = command()
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except (_Stopped, KeyboardInterrupt):
        return _tell(STOPPED, 1)
    except typer.Abort:
        return 1
    except Exception as error:
        if isinstance(error, BrokenPipeError) and _output_is_gone():
            return 1
        return _tell_error(error)


def describe_os_error(error: OSError) -> str:
    """Return what the system refused, where, and what to do."""
    place = error.filename2 or error.filename
    shown = os.fsdecode(place) if isinstance(place, (str, bytes, os.PathLike)) else ""
    if error.errno in _SHORTAGES:
        return f"{shown}: {_SHORTAGES[error.errno]}" if shown else _SHORTAGES[error.errno]
    reason = error.strerror or str(error)
    if not shown:
        return f"{reason or type(error).__name__}; the system refused what the command needs"
    return f"{shown} {_PLACES[error.errno]}" if error.errno in _PLACES else f"{shown}: {reason}"


def expect_file_place(path: Path) -> None:
    """Tell before long work that its outcome has no place: a file can be written to ``path``, or it is refused.

    Raises:
        UserError: when ``path`` is a folder, or is below a file.
    """
    if path.is_dir():
        raise UserError(f"{path} {_PLACES[errno.EISDIR]}")
    above = next(folder for folder in path.absolute().parents if folder.exists())
    if not above.is_dir():
        raise UserError(f"{path} cannot be written: {above} is a file")


def _tell_error(error: Exception) -> int:
    from capas.sandbox import SandboxError

    if isinstance(error, UserErrors):
        return max(_tell(line, WRONG_USE) for line in error.lines)
    if isinstance(error, UserError):
        return _tell(str(error), WRONG_USE)
    if isinstance(error, SandboxError):
        return _tell(
            f"student code cannot be run here: {error}; free memory or disk, and run the same command again", WRONG_USE
        )
    if isinstance(error, _UsageError):
        return _tell_usage(error)
    if isinstance(error, OSError):
        return _tell(describe_os_error(error), WRONG_USE)
    if isinstance(error, MemoryError):
        return _tell(_SHORTAGES[errno.ENOMEM], WRONG_USE)
    return _tell_unexpected(error)


def _tell_usage(error: Exception) -> int:
    """Tell what is wrong with the words of the command; a command without any shows its help."""
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        error.show()  # type: ignore[attr-defined]
        return WRONG_USE
    path = context.command_path if context is not None else "capas"
    return _tell(f"{error.format_message().rstrip('.')}; see {path} --help", WRONG_USE)  # type: ignore[attr-defined]


def _tell_unexpected(error: Exception) -> int:
    kind = f"{type(error).__name__}: {error}"
    text = "".join(traceback.format_exception(error))
    try:
        descriptor, path = tempfile.mkstemp(prefix="capas-error-", suffix=".txt")
        with open(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
    except OSError:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return _tell(f"an error of the program, not yours: {kind} ({frame.filename}:{frame.lineno})", PROGRAM_FAILED)
    return _tell(f"an error of the program, not yours: {kind}; please report it with {path}", PROGRAM_FAILED)


def _tell(text: str, code: int) -> int:
    with contextlib.suppress(OSError):  # nobody listens
        print(f"capas: {' '.join(text.split())}", file=sys.stderr)
    return code


def _output_is_gone() -> bool:
    """Tell whether who read the output has gone. What is left of it goes nowhere then, or Python would complain."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return True
    return False
