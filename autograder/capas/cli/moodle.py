"""What `capas canvas grades` does with Moodle's grading worksheet."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from capas.cli.messages import say
from capas.files import UserError, write_atomically
from capas.texts.points import points_text
from capas.texts.wording import counted

if TYPE_CHECKING:
    from capas.canvas.moodle import Worksheet
    from capas.canvas.results_by_student import Graded


def fill_worksheet(graded: "Graded", worksheet: "Worksheet", folder: Path, out: Path | None, force: bool) -> None:
    """Show what would change in Moodle, and write the worksheet that does it.

    Raises:
        UserError: when the results are not of Moodle, or the file is there already.
    """
    from capas.canvas.moodle import fill

    filled = fill(worksheet, graded, graded.language, force)
    for one in filled.entered:
        say(f"  {one.name}: {one.old or '–'} → {one.new}")
    for one in filled.kept:
        say(f"  {one.name}: {one.old or 'no grade'} stays, not {one.new}: {one.why}")
    for result in filled.unmatched:
        say(f"  {result.file}: {points_text(result.score)}: nobody in the worksheet")
    if not filled.entered:
        say("Nothing to upload.")
        raise typer.Exit(1 if filled.unmatched else 0)
    path = out or folder / "moodle-grades.csv"
    if path.exists() and path.read_bytes() != filled.data and not force:
        raise UserError(f"{path} exists already; look at it, then remove it, choose another --out, or use --force")
    write_atomically(path, filled.data)
    say(f"{path}: {counted(len(filled.entered), 'grade')}. In Moodle: the assignment, Upload grading worksheet.")
