"""What a person decided, read by `capas grade` before anything is graded."""

from collections.abc import Sequence
from pathlib import Path

from capas.course.model import Stage
from capas.files import UserError
from capas.run.desk import Desk, entry_by_name, make_desk, people_of
from capas.run.people import Person
from capas.run.results_folder import stream_results
from capas.submission import SubmissionFile
from capas.submission.manifest import Manifest, joined


def desk_for(
    out: Path, stage: Stage, files: Sequence[SubmissionFile], earlier: Manifest | None, manifest: Manifest | None
) -> Desk:
    """Return what was decided of the submissions in ``out``, and of those that are about to be graded.

    Args:
        out: the folder of results, which need not be there.
        stage: the stage, which gives the points of what is graded now.
        files: what is graded now.
        earlier: the manifest in ``out``.
        manifest: of what is graded now.

    Raises:
        UserErrors: when `overrides.csv` is not right, a line for each row.
    """
    given = {file.id for file in files}
    try:
        before = {result.submission for result in stream_results(out)} - given
    except UserError:
        before = set()  # it holds no results, or grading refuses it in its own words
    known = joined(earlier, manifest, given | before) if manifest else earlier
    entries = known.by_submission() if known else {}
    points = {question.name: float(question.points) for question in stage.all_questions}
    people = (
        people_of((result for result in stream_results(out) if result.submission in before), known) if before else []
    )
    for file in files:
        entry = entries.get(file.id) or entry_by_name(file.id, file.file)
        people.append(Person(file.id, file.file, float(stage.points), points, entry))
    return make_desk(out, people, stage.grade_terms)
