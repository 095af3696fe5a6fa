"""Lines for a person: to standard output what was asked for, to standard error what must be known besides."""

import typer

from capas.texts.plain import one_line


def say(text: str) -> None:
    """Print a line; what students wrote in a name cannot move the cursor."""
    typer.echo(one_line(text))


def warn(text: str) -> None:
    """Print a line for a person to standard error; what was asked for goes on."""
    typer.echo(f"capas: {one_line(text)}", err=True)
