"""Running the examples of one doctest case: what each prints, and how its exception reads. Nothing is compared here.

It runs where the case is judged: beside a student's code, or in the judge's process on copies.
"""

import builtins
import contextlib
import io
import sys
import traceback
from collections.abc import MutableMapping, Sequence
from typing import Any

Outcome = tuple[str, str | None]
"""What an example printed, and the last line of the traceback of its exception, None where there is none."""
MAX_PRINTED = 200_000


def run_examples(
    sources: Sequence[str], names: MutableMapping[str, Any], passing: tuple[type[BaseException], ...] = ()
) -> list[Outcome]:
    """Run each source as one entered at a prompt, all in ``names``; one that fails does not stop the next.

    Args:
        sources: of the examples.
        names: their namespace.
        passing: exceptions that end it all.
    """
    outcomes: list[Outcome] = []
    display, sys.displayhook = sys.displayhook, _display
    try:
        for source in sources:
            printed, told = _Printed(), None
            with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
                try:
                    exec(compile(source, "<doctest>", "single", dont_inherit=True), names)  # type: ignore[arg-type]
                except passing:
                    raise
                except BaseException as error:
                    told = traceback.format_exception_only(type(error), error)[-1]
            outcomes.append((printed.getvalue(), told))
    finally:
        sys.displayhook = display
    return outcomes


class _Printed(io.StringIO):
    def write(self, text: str, /) -> int:
        if self.tell() > MAX_PRINTED:
            raise MemoryError("more output than an example may have")
        return super().write(text)


def _display(value: Any) -> None:
    """Do as Python's own display hook, which student code may have replaced."""
    if value is not None:
        builtins._ = None  # type: ignore[attr-defined]
        sys.stdout.write(repr(value) + "\n")
        builtins._ = value  # type: ignore[attr-defined]
