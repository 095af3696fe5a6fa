"""Giving results back over the API: what would change, then doing it, so that nothing is done twice or forgotten."""

import contextlib
import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Literal

import msgspec

from capas.canvas.annotated_files import Annotate, summary
from capas.canvas.api import Api, Unsure
from capas.canvas.grades import score
from capas.canvas.ledger import Ledger, Record
from capas.canvas.results_by_student import Graded
from capas.files import UserError
from capas.grading.result import KILLED, Result
from capas.submission import SubmissionFile, read_with_hash
from capas.submission.manifest import Entry
from capas.texts import program_texts
from capas.texts.points import points_text

GRADES_PER_REQUEST = 50
SETTLING_SECONDS = (1.0, 2.0, 4.0, 8.0, 15.0)
MAX_ROUNDS = 3
Step = Literal["new", "changed", "comment only", "done", "kept", "left out"]


class GradePlan(msgspec.Struct, frozen=True):
    """What is to be done for one result. ``step`` says what kind of change it is, ``why`` what speaks against one."""

    result: Result
    entry: Entry
    step: Step
    name: str = ""
    why: str = ""
    user: int = 0
    attempt: int = 0
    old: str = ""
    hash: str = ""
    comment: str = ""
    file: bytes = b""
    file_name: str = ""
    rubric: dict[str, float] = {}

    @property
    def mark(self) -> str:
        """The words at the end of the comment by which it is known again."""
        return f"[capas {self.hash[:12]}]"

    def changes(self) -> bool:
        """Tell whether Canvas is asked to change anything."""
        return self.step in ("new", "changed", "comment only")


class Outcome(msgspec.Struct):
    """What became of a push: whom Canvas now shows as wanted, and whom not, with what it said."""

    done: list[GradePlan] = []
    failed: list[tuple[GradePlan, str]] = []


class Push:
    """Results to be given back in one assignment.

    Args:
        api: the course.
        assignment: as canvasapi has it.
        graded: the results.
        files: the students' files by submission id, to be returned with comments; may be empty.
        annotate: what puts comments into a file.
        language: of comments.
        force: write over grades that stand in Canvas already.
    """

    def __init__(
        self,
        api: Api,
        assignment: Any,
        graded: Graded,
        files: Mapping[str, SubmissionFile],
        annotate: Annotate,
        language: str,
        force: bool = False,
    ):
        self._api = api
        self._assignment = assignment
        self._graded = graded
        self._files = files
        self._annotate = annotate
        self._language = language
        self._force = force
        self._criteria = _criteria_by_question(assignment)

    def plan(self, posted: Callable[[tuple[str, int, int, int, int, str]], bool]) -> list[GradePlan]:
        """Return what is to be done, given what Canvas has now and what the ledger says was ``posted``."""
        submissions = self._api.submissions(self._assignment)
        unknown = [
            GradePlan(result, Entry(result.file, "collected"), "left out", result.file, "nobody can tell whose it is")
            for result in self._graded.unknown
        ]
        known = [self._plan_one(result, entry, submissions, posted) for result, entry in self._graded.results]
        return [*known, *unknown]

    def _plan_one(self, result: Result, entry: Entry, submissions: Mapping[int, Any], posted: Any) -> GradePlan:
        user = int(entry.user) if entry.user.isdigit() else 0
        there = submissions.get(user)
        if there is None:
            return GradePlan(result, entry, "left out", entry.name or result.file, "Canvas has no such student here")
        name = str((getattr(there, "user", None) or {}).get("sortable_name") or entry.name)
        attachments = {str(attachment.id) for attachment in there.attachments}
        if entry.attachment and attachments and entry.attachment not in attachments:
            return GradePlan(result, entry, "left out", name, "handed in again since it was collected", user)
        if getattr(there, "excused", False):
            return GradePlan(result, entry, "left out", name, "excused", user)
        if result.status == KILLED:
            return GradePlan(
                result, entry, "left out", name, "its grading was killed from outside; grade it again", user
            )
        wanted = self._wanted(result, entry, user, int(getattr(there, "attempt", None) or 0))
        old = entered_score(there)
        same = old is not None and f"{float(old):.2f}" == f"{result.score:.2f}"
        step: Step = "new" if old is None else "changed"
        why = ""
        if same:
            # What was given back with a file is not given again without it.
            with_file = msgspec.structs.replace(wanted, hash=_digest(result, user, wanted.attempt, True))
            given = any(has_comment(there, one) or posted(self.key(one)) for one in (wanted, with_file))
            step = "done" if given else "comment only"
        elif old is not None and not self._force:
            step, why = "kept", "another grade stands in Canvas; --force writes it over"
        shown = "" if old is None else points_text(float(old))
        return msgspec.structs.replace(wanted, name=name, step=step, why=why, old=shown)

    def _wanted(self, result: Result, entry: Entry, user: int, attempt: int) -> GradePlan:
        handed_in = self._files.get(result.submission)
        data, sha256 = read_with_hash(handed_in) if handed_in else (b"", "")
        file = (self._annotate(data, entry.file, result) or b"") if data and sha256 == result.sha256 else b""
        comment = summary(result, self._language)
        if file:
            comment += "\n" + program_texts(self._language)("comment_attached")
        rubric = {
            self._criteria[question.name]: question.score
            for question in result.questions
            if question.name in self._criteria
        }
        return GradePlan(
            result,
            entry,
            "new",
            user=user,
            attempt=attempt,
            hash=_digest(result, user, attempt, bool(file)),
            comment=comment,
            file=file,
            file_name=PurePosixPath(entry.file).name,
            rubric=rubric,
        )

    def key(self, planned: GradePlan) -> tuple[str, int, int, int, int, str]:
        """Return what the ledger calls this change."""
        course, assignment = int(self._api.course.id), int(self._assignment.id)
        return self._api.url, course, assignment, planned.user, planned.attempt, planned.hash

    def apply(self, folder: Path) -> Outcome:
        """Do what is planned, in bulk, and look in Canvas whether it is done."""
        outcome = Outcome()
        with Ledger(folder) as ledger:
            self._finish_earlier(ledger)
            planned = self.plan(lambda key: (last := ledger.last(key)) is not None and last.state == "done")
            waiting = [one for one in planned if one.changes()]
            for start in range(0, len(waiting), GRADES_PER_REQUEST):
                self._give(ledger, waiting[start : start + GRADES_PER_REQUEST], outcome)
        return outcome

    def _finish_earlier(self, ledger: Ledger) -> None:
        """Wait for what a run that was cut off had asked Canvas for, so that the plan is made of what came of it."""
        asked = ledger.asked(int(self._assignment.id))
        for number in {record.progress for record in asked if record.progress}:
            # One that Canvas has forgotten is over; anything else shows with the next request.
            with contextlib.suppress(UserError):
                self._api.wait(self._api.progress(number))
        if any(not record.progress for record in asked):
            # Whether Canvas heard of these nobody knows; it does such work within seconds.
            marks = {record.user: f"[capas {record.hash[:12]}]" for record in asked if not record.progress}
            for step in SETTLING_SECONDS:
                submissions = self._api.submissions(self._assignment)
                if all(user in submissions and _has_mark(submissions[user], mark) for user, mark in marks.items()):
                    return
                self._api.pause(step)

    def _give(self, ledger: Ledger, batch: list[GradePlan], outcome: Outcome) -> None:
        said = ""
        for _ in range(MAX_ROUNDS):
            data = {one.user: self._grade_data(ledger, one) for one in batch}
            ledger.add([self._record(ledger, one, "asked") for one in batch])
            try:
                progress = self._api.update_grades(self._assignment, data)
            except Unsure:
                batch = self._settle(ledger, batch, outcome)
                said = "the connection broke, and Canvas does not show the change"
                if not batch:
                    return
                continue
            ledger.add([self._record(ledger, one, "asked", progress=int(progress.id)) for one in batch])
            state = self._api.wait(progress)
            left = self._look(ledger, batch, outcome)
            message = str(getattr(progress, "message", "") or "")
            said = f"Canvas says {state}{': ' + message if message else ''}" if state != "completed" else ""
            outcome.failed += [(one, said or "Canvas says completed, but does not show the change") for one in left]
            return
        outcome.failed += [(one, said) for one in batch]

    def _settle(self, ledger: Ledger, batch: list[GradePlan], outcome: Outcome) -> list[GradePlan]:
        """Look until the work that Canvas may have heard of is done, or will not be; return what is not there."""
        for step in SETTLING_SECONDS:
            batch = self._look(ledger, batch, outcome)
            if not batch:
                return []
            self._api.pause(step)
        return self._look(ledger, batch, outcome)

    def _look(self, ledger: Ledger, batch: list[GradePlan], outcome: Outcome) -> list[GradePlan]:
        """Read back; note what Canvas shows as done, and return the rest."""
        submissions = self._api.submissions(self._assignment)
        there = [one for one in batch if one.user in submissions and _is_as_wanted(submissions[one.user], one)]
        ledger.add([self._record(ledger, one, "done") for one in there])
        outcome.done += there
        return [one for one in batch if one not in there]

    def _grade_data(self, ledger: Ledger, one: GradePlan) -> dict[str, Any]:
        data: dict[str, Any] = {"posted_grade": score(one.result)}
        data["text_comment"] = f"{one.comment}\n{one.mark}"
        if one.rubric:
            data["rubric_assessment"] = {criterion: {"points": points} for criterion, points in one.rubric.items()}
        if one.file:
            last = ledger.last(self.key(one))
            number = last.file if last else 0
            if not number:
                number = self._api.upload(self._comment_files(one.user), one.file_name, one.file)
                ledger.add([self._record(ledger, one, "uploaded", file=number)])
            data["file_ids"] = [number]
        return data

    def _comment_files(self, user: int) -> str:
        return f"courses/{self._api.course.id}/assignments/{self._assignment.id}/submissions/{user}/comments/files"

    def _record(self, ledger: Ledger, one: GradePlan, state: Any, file: int = 0, progress: int = 0) -> Record:
        last = ledger.last(self.key(one))
        return Record(*self.key(one), state=state, file=file or (last.file if last else 0), progress=progress)


def _digest(result: Result, user: int, attempt: int, with_file: bool) -> str:
    """Return a hash of what is given back: another for every other result, the same for the same one."""
    content = msgspec.json.encode([result.stage, user, attempt, score(result), result.message, result.questions])
    return hashlib.sha256(content + (b"file" if with_file else b"")).hexdigest()


def entered_score(submission: Any) -> float | None:
    """Return the score that was given, before Canvas takes off points for being late."""
    entered = getattr(submission, "entered_score", None)
    return entered if entered is not None else getattr(submission, "score", None)


def has_comment(submission: Any, planned: GradePlan) -> bool:
    """Tell whether Canvas shows this very comment already."""
    return _has_mark(submission, planned.mark)


def _has_mark(submission: Any, mark: str) -> bool:
    comments = getattr(submission, "submission_comments", None) or []
    return any(mark in str(comment.get("comment", "")) for comment in comments)


def _is_as_wanted(submission: Any, planned: GradePlan) -> bool:
    now = entered_score(submission)
    return now is not None and f"{float(now):.2f}" == f"{planned.result.score:.2f}" and has_comment(submission, planned)


def _criteria_by_question(assignment: Any) -> dict[str, str]:
    """Return the ids of the rubric's rows by question; rows that name none of our questions are left alone."""
    rows = getattr(assignment, "rubric", None) or []
    return {str(row.get("long_description", "")).strip(): str(row["id"]) for row in rows if row.get("long_description")}
