"""Where the commands print: results to standard output, what a person must know besides to standard error."""

import sys

import typer
from rich.console import Console

# In a pipe there is no width to obey: tables stay whole.
console = Console(highlight=False, width=None if sys.stdout and sys.stdout.isatty() else 120)


def say(text: str) -> None:
    """Print a line; what students wrote in a name cannot move the cursor."""
    typer.echo(_printable(text))


def warn(text: str) -> None:
    """Print a line for a person to standard error; what was asked for goes on."""
    typer.echo(f"capas: {_printable(text)}", err=True)


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
