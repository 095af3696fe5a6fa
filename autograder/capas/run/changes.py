"""Files of whose grade is another than before: after something is graded again, and between two runs."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from capas.course.grade_terms import GradeTerms
from capas.files import UserError
from capas.grading.result import Result, read_result
from capas.grading.standing import Change, Standing, standings
from capas.run.desk import open_desk
from capas.run.results_folder import RUN_FILE, decided_results, stream_results
from capas.texts.plain import spreadsheet_cell
from capas.texts.points import points_text

CHANGES, COMPARED = "changes.csv", "compared.csv"


def changes_csv(changes: Iterable[Change], questions: Sequence[str]) -> bytes:
    """Return a row a submission, before and now side by side; a cell is empty where there was or is nothing."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    names = ["score", *questions]
    writer.writerow(["submission", "file", "change", *(f"{name}{when}" for name in names for when in ("_before", ""))])
    for one in changes:
        scores = [one.before.score if one.before else None, one.now.score if one.now else None]
        scores += [score for name in questions for score in one.of_question(name)]
        change = points_text(one.points) if one.before and one.now else ""
        cells = ["" if score is None else points_text(score) for score in scores]
        writer.writerow([spreadsheet_cell(one.submission), spreadsheet_cell(one.file), change, *cells])
    return text.getvalue().encode()


def read_older(older: Path, stage: str, terms: GradeTerms) -> dict[str, Standing]:
    """Return how submissions stood in a folder of results, or in one that such a folder keeps of earlier results.

    Raises:
        UserError: when it holds no results, or another assignment's.
    """
    if (older / RUN_FILE).is_file():
        desk = open_desk(older, stream_results(older), terms)
        results = decided_results(older, desk)
    else:
        results = _kept(older)
    found = standings(_only_of(stage, results, older))
    if not found:
        raise UserError(f"{older} holds no results to compare with; give a folder that capas grade wrote with --out")
    return found


def _only_of(stage: str, results: Iterable[Result], older: Path) -> Iterator[Result]:
    for result in results:
        if result.stage != stage:
            raise UserError(f"{older} holds results of {result.stage}, which cannot be compared with {stage}")
        yield result


def _kept(folder: Path) -> list[Result]:
    """Return the results that are files in ``folder``; of several of a submission that which was put there last."""
    results: dict[str, Result] = {}
    numbered = (
        (int(number) if (number := path.suffix[1:]).isdecimal() else 0, path) for path in folder.glob("*.json*")
    )
    for _, path in sorted(numbered):
        try:
            result = read_result(path)
        except (msgspec.MsgspecError, UnicodeDecodeError, OSError):
            continue
        results[result.submission] = result
    return list(results.values())
