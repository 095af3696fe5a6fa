"""The command line: `python -m capas.mutants [STAGE ...]`."""

import argparse
import sys
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from capas.course import find_root, load_course
from capas.files import UserError
from capas.mutants.document import figures_table, write_table
from capas.mutants.grade import Figures, grade_stage


def main() -> None:
    """Run the command line; exit code 0 only when every survivor is listed, with a reason."""
    parser = argparse.ArgumentParser(
        prog="python -m capas.mutants",
        description="Change each reference a little and list the changes that no case notices.",
    )
    parser.add_argument("stages", nargs="*", metavar="STAGE", help="like 03_softmax; all when none is named")
    parser.add_argument("--workers", type=int, default=2, help="processes to use")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the figures of all stages into this document")
    options = parser.parse_args()
    if options.write and options.stages:
        parser.error("--write is for all stages together")
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 120)
    try:
        course = load_course(find_root(Path.cwd()))
        figures = []
        for stage in course.choose(options.stages):
            figures += grade_stage(stage, options.workers)
            console.print(f"{stage.id}: done")
        _show(console, figures)
        if options.write:
            write_table(options.write, figures_table(figures))
    except UserError as error:
        print(f"capas.mutants: {error}", file=sys.stderr)
        sys.exit(2)
    sys.exit(any(row.survivors or row.wrongly_listed for row in figures))


def _show(console: Console, figures: list[Figures]) -> None:
    table = Table("stage", "question", "mutants", "killed", "equivalent", "surviving", box=box.SIMPLE_HEAD)
    total = [0] * 4
    for row in figures:
        counts = (row.mutants, row.killed, row.equivalent, len(row.survivors))
        table.add_row(row.stage, row.question, *map(str, counts))
        total = [before + count for before, count in zip(total, counts, strict=True)]
    table.add_row("all", "", *map(str, total), style="bold")
    console.print(table)
    for row in figures:
        for mutant in row.survivors:
            where = f"✘ {row.stage} {row.question}, line {mutant.line}: {mutant.before} → {mutant.after}"
            console.print(Text(f"{where}\n    {mutant.statement}"))
        for mutant in row.wrongly_listed:
            told = "listed as equivalent, but a case kills it; take it off the list"
            console.print(Text(f"✘ {row.stage} {row.question}: {told}\n    {mutant.statement}"))


if __name__ == "__main__":
    main()
