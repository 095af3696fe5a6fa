"""Where the commands print: results to standard output, what a person must know besides to standard error."""

import sys
from typing import Any

import typer
from rich.console import Console
from rich.text import Text

from capas.texts.plain import clean, one_line


class _Console(Console):
    """Prints text as it is, but for what would move the cursor or turn it around: students wrote some of it."""

    def print(self, *objects: Any, **options: Any) -> None:
        super().print(*map(_cleaned, objects), **options)


def _cleaned(printed: Any) -> Any:
    if isinstance(printed, str):
        return clean(printed)
    return Text(clean(printed.plain)) if isinstance(printed, Text) and not printed.spans else printed


# In a pipe there is no width to obey: tables stay whole.
console = _Console(highlight=False, width=None if sys.stdout and sys.stdout.isatty() else 120)


def say(text: str) -> None:
    """Print a line; what students wrote in a name cannot move the cursor."""
    typer.echo(one_line(text))


def warn(text: str) -> None:
    """Print a line for a person to standard error; what was asked for goes on."""
    typer.echo(f"capas: {one_line(text)}", err=True)
