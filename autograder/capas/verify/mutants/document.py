"""The figures of all questions as a table, and their place in a document."""

from collections.abc import Iterable
from pathlib import Path

from capas.files import UserError
from capas.verify.mutants.grade import Figures

# Between these lines of a document `--write` puts the figures.
TABLE_BEGINS, TABLE_ENDS = "<!-- figures -->", "<!-- /figures -->"


def figures_table(figures: Iterable[Figures]) -> str:
    """Return the figures as a Markdown table."""
    lines = [
        "| stage | question | cases: public + hidden | alternatives accepted | mistakes caught | mutants killed |"
        " equivalent |",
        "|---|---|---|---|---|---|---|",
    ]
    total = [0] * 9
    for row in figures:
        numbers = [row.public, row.hidden, *row.alternatives, *row.mistakes, row.killed, row.mutants, row.equivalent]
        total = [a + b for a, b in zip(total, numbers, strict=True)]
        lines.append(_table_line(row.stage, f"`{row.question}`", numbers))
    lines.append(_table_line("all", "", total))
    return "\n".join(lines)


def _table_line(stage: str, question: str, numbers: list[int]) -> str:
    public, hidden, accepted, alternatives, caught, mistakes, killed, mutants, equivalent = numbers
    return (
        f"| {stage} | {question} | {public} + {hidden} | {accepted}/{alternatives} | {caught}/{mistakes} |"
        f" {killed}/{mutants} | {equivalent} |"
    )


def write_table(path: Path, table: str, begins_at: str = TABLE_BEGINS, ends_at: str = TABLE_ENDS) -> None:
    """Put ``table`` between two marks of the document ``path``, by default those of the figures.

    Raises:
        UserError: when the document has no such place.
    """
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    before, begins, rest = text.partition(begins_at)
    _, ends, after = rest.partition(ends_at)
    if not begins or not ends:
        raise UserError(f"{path}: expected a line {begins_at} and a line {ends_at} below it")
    path.write_text(f"{before}{begins}\n{table}\n{ends}{after}", encoding="utf-8")
