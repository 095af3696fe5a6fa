"""Writing the page on which a person answers what students ask to be looked at again."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from capas.cli.by_hand import overrides_held
from capas.course.model import Stage
from capas.files import told_as_user_error, write_atomically
from capas.grading.result import Result
from capas.report.class_list import read_handed_in
from capas.report.code_of import code_of
from capas.report.graded_file import submission_of
from capas.report.requests_page import REQUESTS_FILE, Asked, requests_page
from capas.run.desk import DecidedResults, Desk
from capas.run.requests import Request, read_requests
from capas.submission import SubmissionFile

MOST_CHARACTERS = 20_000
"""Of a whole submission that are shown."""


def write_requests(
    stage: Stage,
    results: DecidedResults,
    out: Path,
    desk: Desk,
    language: str,
    files: Sequence[SubmissionFile] | None,
) -> Path | None:
    """Write `requests.html` into ``out`` and return its path; None where nobody asks for anything.

    Args:
        stage: the stage.
        results: as they count.
        out: the folder.
        desk: what was decided so far.
        language: of the page.
        files: what was handed in, where it is at hand.

    Raises:
        UserErrors: when a row of `requests.csv` is not right, a line for each; then nothing is written.
    """
    requests = read_requests(out, lambda: results)
    if not requests:
        return None
    asked = _asked(requests, results, out, files, stage)
    text = requests_page(stage, asked, overrides_held(results, out, desk), language)
    path = out / REQUESTS_FILE
    with told_as_user_error(out):
        write_atomically(path, text.encode())
    return path


def _asked(
    requests: Sequence[Request],
    results: Iterable[Result],
    out: Path,
    files: Sequence[SubmissionFile] | None,
    stage: Stage,
) -> list[Asked]:
    wanted = {request.submission for request in requests}
    of = {result.submission: result for result in results if result.submission in wanted}
    handed_in = read_handed_in(out)
    by_id = {file.id: file for file in files or ()}
    cells: dict[str, list[str] | None] = {}
    for submission, result in of.items():
        file = by_id.get(result.counted_submission)
        read = submission_of(file, result, stage) if file else None
        cells[submission] = read.cells if read else None

    def shown(request: Request) -> Asked:
        name = handed_in.told_apart(request.submission) or request.submission
        source = _source(cells[request.submission], request)
        return Asked(request.code, request.reason, name, of[request.submission], request.target, request.place, source)

    return [shown(request) for request in requests]


def _source(cells: list[str] | None, request: Request) -> str | None:
    if cells is None:
        return None
    return code_of(cells, request.target.question) if request.target.question else "\n\n".join(cells)[:MOST_CHARACTERS]
