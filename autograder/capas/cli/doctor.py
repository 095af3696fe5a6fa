"""What `capas doctor` prints of this machine: how student code is confined, and which libraries it finds."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from capas.course.libraries import Library, install_command, module_names, read_library
from capas.sandbox import (
    MAX_LEVEL,
    CallCrashed,
    CallTimedOut,
    Confinement,
    Limits,
    Sandbox,
    Zygote,
    describe,
)
from capas.sandbox.channels import CLOSED_FROM, open_channels

_SLOW = "it takes longer than a cell may; see `cell_seconds` in course.toml"


def show_isolation(console: Console, confinement: Confinement) -> None:
    """Print which layers work here, and what each level means."""
    console.print(f"Isolation level {confinement.level} of {MAX_LEVEL}: {', '.join(['process', *confinement.layers])}")
    for level, meaning in enumerate(describe(MAX_LEVEL)):
        console.print(Text(f"  {'✔' if confinement.gives(level) else '✘'} {level}  {meaning}"))
    if confinement.level < MAX_LEVEL:
        console.print(Text("What is missing is not protected here: see docs/security.md for what that means."))
    opened = open_channels(confinement.level)
    closed = len(CLOSED_FROM) - len(opened)
    console.print(
        Text(f"Channels from one submission to another: {closed} of {len(CLOSED_FROM)} known ones are closed.")
    )
    if opened:
        console.print(Text(f"Open here, for code that goes to that length: {', '.join(opened)}."), soft_wrap=True)


def show_libraries(console: Console, libraries: Sequence[str], zygote: Zygote, limits: Limits) -> bool:
    """Print what a submission may import, each with its version here; tell whether all can be imported in a sandbox.

    Args:
        console: where to print.
        libraries: requirements, as in `course.toml`.
        zygote: where sandboxes come from.
        limits: of student code.

    Raises:
        SandboxError: when no sandbox can be made.
    """
    console.print("Libraries that submissions may import:")
    good = True
    for library in map(read_library, libraries):
        problem = _problem(library, zygote, limits)
        good = good and not problem
        told = f"{library.requirement}: {problem}" if problem else f"{library.name} {library.version}"
        console.print(Text(f"  {'✘' if problem else '✔'} {told.rstrip()}"), soft_wrap=True)
    return good


def _problem(library: Library, zygote: Zygote, limits: Limits) -> str:
    """Return why submissions cannot import a library here and what to do, "" where they can."""
    if not library.fits:
        found = f"{library.version} is installed" if library.version else "is not installed"
        return f"{found}; run: {install_command([library])}"
    if not library.version:  # its marker says that this system needs none
        return ""
    module = module_names(library.requirement)[0]
    # Not loaded before: what a sandbox cannot load by itself must show here.
    with Sandbox(zygote, limits) as sandbox:
        try:
            errors = [error for report in sandbox.load([f"import {module}"]).reports for error in report.errors]
            told = [_SLOW if error.kind == "interrupted" else f"{error.exception}: {error.text}" for error in errors]
        except CallTimedOut:
            told = [_SLOW]
        except CallCrashed:
            told = ["its process ends"]
    return f"{library.version} is installed, and a sandbox cannot import {module}: {told[0]}" if told else ""
