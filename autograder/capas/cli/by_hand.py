"""Writing the page on which a person grades texts, with what `overrides.csv` holds so far."""

from pathlib import Path

from capas.course.model import Stage
from capas.files import told_as_user_error, write_atomically
from capas.report.by_hand import BY_HAND_FILE, OverridesTable, by_hand_page
from capas.report.class_list import read_handed_in
from capas.run.desk import DecidedResults, Desk
from capas.run.overrides import OVERRIDES, read_table


def write_by_hand(
    stage: Stage, results: DecidedResults, out: Path, desk: Desk, language: str, is_anonymous: bool = False
) -> Path | None:
    """Write `by_hand.html` into ``out`` and return its path; None where the stage has no texts.

    Args:
        stage: the stage.
        results: all that ``out`` has.
        out: the folder.
        desk: what was decided so far.
        language: of the page.
        is_anonymous: show no names.
    """
    if not stage.texts:
        return None
    held = overrides_held(results, out, desk)
    handed_in = read_handed_in(out)

    def name_of(submission: str) -> str:
        return handed_in.told_apart(submission) or submission

    path = out / BY_HAND_FILE
    with told_as_user_error(out):
        write_atomically(path, by_hand_page(stage, results, held, language, name_of, is_anonymous).encode())
    return path


def overrides_held(results: DecidedResults, out: Path, desk: Desk) -> OverridesTable:
    """Return what `overrides.csv` in ``out`` holds, with the place of each submission's question in it."""
    table = read_table(out / OVERRIDES)
    index_of = {number: index for index, (number, _) in enumerate(table.rows)}
    places = {
        submission: {question: index_of[number] for question, number in rows.items()}
        for submission in results.submissions
        if (rows := desk.rows.get(desk.student(submission)))
    }
    return OverridesTable(table.header, [cells for _, cells in table.rows], places, table.delimiter)
