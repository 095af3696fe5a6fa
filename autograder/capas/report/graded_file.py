"""What was handed in, as it was when it was graded."""

from capas.course.model import Stage
from capas.grading.result import Result
from capas.grading.stage import sought_by
from capas.submission import NO_CODE, Submission, SubmissionFile, hash_of_file, read_submission


def submission_of(file: SubmissionFile, result: Result, stage: Stage) -> Submission | None:
    """Return the submission that a result is of; None where the file is another now."""
    if result.status == "unreadable":
        # It costs time and tells nothing to find out so again.
        submission = Submission(file.id, file.file, hash_of_file(file), NO_CODE, "damaged")
    else:
        submission = read_submission(file, sought_by(stage), with_answer=True)
    return submission if submission.sha256 == result.sha256 else None
