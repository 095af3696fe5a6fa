"""The command line: every command by its name. Each is in the module of its group.

A command imports what it needs when it runs, so that none waits for another's.
"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from capas import __version__
from capas.cli.build import build
from capas.cli.canvas import app as canvas_app
from capas.cli.compare import compare
from capas.cli.failures import run_command
from capas.cli.grade import check, grade
from capas.cli.new import app as new_app
from capas.cli.options import CORES, CourseOption, Workers
from capas.cli.report import report
from capas.cli.site import site
from capas.cli.verify import mutants, verify

app = typer.Typer(
    help="Build, grade and prove an auto-graded course. Every command works on all stages when none is named.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(canvas_app, name="canvas")
app.add_typer(new_app, name="new")
for command in (build, grade, report, check, compare, verify, mutants, site):
    app.command()(command)


def main() -> None:
    """Run the command line; what goes wrong is one line on standard error, with exit code 2 for wrong use."""
    sys.exit(run_command(lambda: app(prog_name="capas", standalone_mode=False)))


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"capas {__version__}")
        raise typer.Exit()


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Take the options that stand before a command."""


@app.command()
def doctor(
    autograder: Annotated[
        Path | None, typer.Argument(help="An autograder.zip of Otter's: say what it needs, and what protects it.")
    ] = None,
    course: CourseOption = None,
) -> None:
    """Say what this machine protects while student code runs, and which libraries student code finds there."""
    from capas.cli.compare import show_bundle
    from capas.cli.console import console
    from capas.cli.doctor import show_isolation, show_libraries
    from capas.cli.opening import open_course
    from capas.course.libraries import DEFAULT_LIBRARIES
    from capas.course.model import COURSE_FILE
    from capas.sandbox import Limits, Zygote

    if autograder is not None:
        if not show_bundle(console, autograder):
            raise typer.Exit(1)
        return
    limits, libraries = Limits(), DEFAULT_LIBRARIES
    if course or any((folder / COURSE_FILE).is_file() for folder in (Path.cwd(), *Path.cwd().parents)):
        stage = open_course(course).stages[0]
        limits, libraries = stage.limits, stage.libraries
    with Zygote(limits) as zygote:
        show_isolation(console, zygote.confinement)
        if not show_libraries(console, libraries, zygote, limits):
            raise typer.Exit(1)


@app.command()
def demo(
    stage: Annotated[str | None, typer.Argument(help="The stage to show.", show_default="the course's first")] = None,
    out: Annotated[Path, typer.Option("--out", help="Where the demonstration goes.")] = Path("demo"),
    workers: Workers = CORES,
    course: CourseOption = None,
) -> None:
    """Go the whole way on a made-up class: build, grade, compare with otter run."""
    from capas.cli.console import console
    from capas.cli.demo import run_demo
    from capas.cli.opening import open_course

    loaded = open_course(course)
    chosen = loaded.choose([stage] if stage else [])[0]
    run_demo(console, chosen, loaded.languages[0], out, workers)


if __name__ == "__main__":
    main()
