"""Giving results back over the API: what would change, then doing it, so that nothing is done twice or forgotten."""

import contextlib
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from capas.canvas.annotated_files import Annotate, summary
from capas.canvas.api import Api, Unsure
from capas.canvas.grade_plan import GradePlan, Outcome, Step, digest, is_ours, not_whole
from capas.canvas.grades import score
from capas.canvas.ledger import Ledger, Record
from capas.canvas.results_by_student import Graded
from capas.canvas.shown import criteria_by_question, entered_score, has_mark, names_of, rubric_points
from capas.canvas.undo import Given, write_undo
from capas.files import UserError
from capas.grading.result import Result
from capas.submission import SubmissionFile, read_with_hash
from capas.submission.manifest import Entry
from capas.texts import program_texts
from capas.texts.points import points_text

GRADES_PER_REQUEST = 50
SETTLING_SECONDS = (1.0, 2.0, 4.0, 8.0, 15.0)
MAX_ROUNDS = 3


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
        self._criteria = criteria_by_question(assignment)

    def plan(
        self,
        posted: Callable[[tuple[str, int, int, int, int, str]], bool],
        given: Callable[[int], float | None] = lambda user: None,
    ) -> list[GradePlan]:
        """Return what is to be done, given what Canvas has now.

        Args:
            posted: tells whether the ledger says that something was posted.
            given: what the ledger says that a user got last; as long as that stands it is ours to change.
        """
        submissions = self._api.submissions(self._assignment)
        names = names_of(submissions)
        unknown = [
            GradePlan(result, Entry(result.file, "collected"), "left out", result.file, "nobody can tell whose it is")
            for result in self._graded.unknown
        ]
        known = [
            self._plan_one(result, entry, submissions, names, posted, given) for result, entry in self._graded.results
        ]
        return [*known, *unknown]

    def _plan_one(
        self,
        result: Result,
        entry: Entry,
        submissions: Mapping[int, Any],
        names: Mapping[int, str],
        posted: Any,
        given: Any,
    ) -> GradePlan:
        user = int(entry.user) if entry.user.isdigit() else 0
        there = submissions.get(user)
        if there is None:
            return GradePlan(result, entry, "left out", entry.name or result.file, "Canvas has no such student here")
        name = names[user]
        attachments = {str(attachment.id) for attachment in there.attachments}
        if entry.attachment and attachments and entry.attachment not in attachments:
            return GradePlan(result, entry, "left out", name, "handed in again since it was collected", user)
        if getattr(there, "excused", False):
            return GradePlan(result, entry, "left out", name, "excused", user)
        if why := not_whole(result):
            return GradePlan(result, entry, "left out", name, why, user)
        wanted = self._wanted(result, entry, user, int(getattr(there, "attempt", None) or 0))
        old = entered_score(there)
        same = old is not None and f"{float(old):.2f}" == f"{result.score:.2f}"
        step: Step = "new" if old is None else "changed"
        why = ""
        if same:
            # What was given back with a file is not given again without it.
            with_file = msgspec.structs.replace(wanted, hash=digest(result, user, wanted.attempt, True))
            told = any(has_mark(there, one.mark) or posted(self.key(one)) for one in (wanted, with_file))
            step = "done" if told else "comment only"
        elif old is not None and not self._force and not is_ours(old, given(user)):
            step, why = "kept", "another grade stands in Canvas; --force writes it over"
        shown = "" if old is None else points_text(float(old))
        return msgspec.structs.replace(
            wanted, name=name, step=step, why=why, old=shown, before=old, rubric_before=rubric_points(there)
        )

    def _wanted(self, result: Result, entry: Entry, user: int, attempt: int) -> GradePlan:
        handed_in = self._files.get(result.counted_submission)
        data, sha256 = read_with_hash(handed_in) if handed_in else (b"", "")
        name = entry.file if result.counted_submission == result.submission else result.file
        file = (self._annotate(data, name, result) or b"") if data and sha256 == result.sha256 else b""
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
            hash=digest(result, user, attempt, bool(file)),
            comment=comment,
            file=file,
            file_name=PurePosixPath(name).name,
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
            course, assignment = int(self._api.course.id), int(self._assignment.id)
            given = ledger.scores(self._api.url, course, assignment)
            planned = self.plan(lambda key: (last := ledger.last(key)) is not None and last.state == "done", given.get)
            waiting = [one for one in planned if one.changes()]
            if waiting:
                outcome.undo = write_undo(folder, self._api.url, course, assignment, list(map(_given, waiting)))
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
                if all(user in submissions and has_mark(submissions[user], mark) for user, mark in marks.items()):
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
        kept = file or (last.file if last else 0)
        return Record(*self.key(one), state=state, file=kept, progress=progress, score=one.result.score)


def _given(one: GradePlan) -> Given:
    rubric = {row: one.rubric_before.get(row) for row in one.rubric}
    return Given(one.user, one.name, one.before, one.result.score, one.mark, rubric, one.attempt, one.hash)


def _is_as_wanted(submission: Any, planned: GradePlan) -> bool:
    now = entered_score(submission)
    return (
        now is not None and f"{float(now):.2f}" == f"{planned.result.score:.2f}" and has_mark(submission, planned.mark)
    )
