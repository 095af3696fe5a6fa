"""The zip for "Upload Submissions": each student's file with comments, under a name that Canvas takes back to them."""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import msgspec

from capas.bundle.zip import make_zip
from capas.canvas.annotated_files import Annotate
from capas.canvas.results_by_student import Graded
from capas.files import UserError
from capas.submission import NOTHING_SOUGHT, Sought, read_with_hash
from capas.submission.canvas_names import returning_name
from capas.submission.exports import collect
from capas.submission.student_files import owner

AGAIN = "it was handed in again since it was graded; grade it again"
ANOTHER = "another attempt of the same student counts"


class Feedback(msgspec.Struct, frozen=True):
    """The zip for a platform, how many files it has, which got another name, and whom it leaves out and why."""

    platform: str
    data: bytes
    count: int
    renamed: list[tuple[str, str]]
    left_out: list[tuple[str, str]]


def make_feedback(
    graded: Graded,
    submissions: Path,
    annotate: Annotate,
    students: Mapping[str, str] | None = None,
    sought: Sought = NOTHING_SOUGHT,
) -> Feedback:
    """Return the zip for the students in an export of Canvas's, or of Moodle's, which takes its own names back.

    Args:
        graded: the results.
        submissions: the export that was graded.
        annotate: what puts comments into a file.
        students: who is in the gradebook, as `collect` takes them.
        sought: what was sought when it was graded.

    Raises:
        UserError: when the export is none.
    """
    collection = collect(submissions, students, sought)
    platform = collection.manifest.platform
    if platform == "gradescope":
        raise UserError("Gradescope takes no files back; its students see the autograder's own messages there")
    results = {key: result for result, entry in graded.results for key in (owner(entry), entry.source)}
    files: dict[str, bytes] = {}
    renamed, left_out = [], []
    for entry in collection.manifest.entries:
        if entry.state == "together":
            continue
        if entry.state != "collected":
            left_out.append((entry.source, entry.reason))
            continue
        # Which of a student's files stands for them all may differ where nobody said what was sought.
        result = results.get(entry.source) or results.get(owner(entry))
        if result is None:
            left_out.append((entry.source, "it has no result; grade it first"))
            continue
        data, sha256 = read_with_hash(collection.files[entry.id])
        if result.sha256 != sha256:
            is_another = entry.id in {attempt.submission for attempt in result.attempts}
            left_out.append((entry.source, ANOTHER if is_another else AGAIN))
            continue
        if platform == "canvas" and not entry.user:
            left_out.append((entry.source, "it is anonymous, and Canvas finds no student by such a name"))
            continue
        name = entry.source
        if platform == "canvas":
            name = returning_name(PurePosixPath(entry.source).name, entry.user, entry.attachment)
        file = annotate(data, entry.file, result)
        if file is None:
            left_out.append((entry.source, f"it can hold no comments; tell them: {result.message or result.status}"))
            continue
        if name != PurePosixPath(entry.source).name and platform == "canvas":
            renamed.append((PurePosixPath(entry.source).name, name))
        files[name] = file
    return Feedback(platform, make_zip(files), len(files), renamed, left_out)
