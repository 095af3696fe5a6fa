"""`capas mutants`: what no case notices."""

from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from capas.course.model import Stage
from capas.verify.mutants.document import figures_table, write_table
from capas.verify.mutants.grade import Figures, grade_stage


def run_mutants(console: Console, stages: list[Stage], workers: int, document: Path | None) -> bool:
    """Grade the mutants of ``stages``, print what survives, and tell whether every survivor is listed with a reason.

    Args:
        console: where it is printed.
        stages: the stages.
        workers: processes to use.
        document: gets the table of figures, too.
    """
    figures: list[Figures] = []
    for stage in stages:
        console.print(f"{stage.id} …", markup=False)
        figures += grade_stage(stage, workers)
    _show(console, figures)
    if document:
        write_table(document, figures_table(figures))
    return not any(row.survivors or row.wrongly_listed for row in figures)


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
