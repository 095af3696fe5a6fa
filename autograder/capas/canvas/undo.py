"""Taking a push back: what stood in Canvas before it, in a file that is there before Canvas is asked for anything."""

from pathlib import Path
from typing import Any

import msgspec

from capas.canvas.api import Api, Unsure
from capas.canvas.ledger import Ledger, Record
from capas.canvas.shown import entered_score, marked_comments
from capas.files import UserError, write_atomically
from capas.texts.points import points_text

CHANGES_PER_REQUEST = 50


class Given(msgspec.Struct, frozen=True):
    """What one student had, None for nothing, and what a push gave, with the mark of its comment."""

    user: int
    name: str
    before: float | None
    after: float
    mark: str
    rubric: dict[str, float | None]
    attempt: int
    hash: str


class UndoFile(msgspec.Struct, frozen=True):
    """All that a push was about to change in an assignment."""

    canvas: str
    course: int
    assignment: int
    changes: list[Given]


class UndoPlan(msgspec.Struct, frozen=True):
    """What is to be taken back from one student: the grade, comments by their numbers; or why nothing is."""

    given: Given
    grade: bool = False
    comments: list[int] = []
    why: str = ""

    def changes(self) -> bool:
        """Tell whether Canvas is asked to change anything."""
        return self.grade or bool(self.comments)

    def shown(self) -> str:
        """Return what is done, in a line."""
        before = "no grade" if self.given.before is None else points_text(self.given.before)
        parts = [f"{points_text(self.given.after)} → {before}"] if self.grade else []
        parts += ["comment removed"] if self.comments else []
        return f"{self.given.name}: {', '.join([*parts, *filter(None, [self.why])]) or 'as it was already'}"


def write_undo(folder: Path, canvas: str, course: int, assignment: int, changes: list[Given]) -> Path:
    """Write what undoes a push into ``folder``, under a name that no other has; return it."""
    number = 1
    while (path := folder / f"canvas-undo-{number}.json").exists():
        number += 1
    content = msgspec.json.encode(UndoFile(canvas, course, assignment, changes))
    write_atomically(path, msgspec.json.format(content, indent=1) + b"\n")
    return path


def read_undo(path: Path) -> UndoFile:
    """Read such a file.

    Raises:
        UserError: when it is none.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=UndoFile)
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}; give a canvas-undo-….json of DIR") from None
    except msgspec.MsgspecError:
        raise UserError(f"{path} does not undo anything; give a canvas-undo-….json of DIR") from None


class Undo:
    """A push to be taken back, as long as what it gave still stands.

    Args:
        api: the course.
        file: what stood there before.
        force: take back also grades that somebody changed since.

    Raises:
        UserError: when it is of another course.
    """

    def __init__(self, api: Api, file: UndoFile, force: bool = False):
        if (file.canvas, file.course) != (api.url, int(api.course.id)):
            raise UserError(f"this undoes a push to course {file.course} of {file.canvas}; name those")
        self._api = api
        self._file = file
        self._force = force
        self._assignment = api.assignment(file.assignment)

    def plan(self) -> list[UndoPlan]:
        """Return what is to be taken back, given what Canvas has now."""
        submissions = self._api.submissions(self._assignment)
        return [self._plan_one(given, submissions.get(given.user)) for given in self._file.changes]

    def _plan_one(self, given: Given, there: Any) -> UndoPlan:
        if there is None:
            return UndoPlan(given, why="Canvas has no such student here any more")
        now = entered_score(there)
        comments = [comment for comment in marked_comments(there, given.mark) if comment]
        if _same(now, given.before):
            return UndoPlan(given, grade=False, comments=comments)
        if _same(now, given.after) or self._force:
            return UndoPlan(given, grade=True, comments=comments)
        stands = "no grade" if now is None else points_text(float(now))
        return UndoPlan(
            given, comments=comments, why=f"{stands} stays, as somebody gave it since; --force takes it back"
        )

    def apply(self, folder: Path) -> list[UndoPlan]:
        """Take it back, and look whether it is; return those who are not as they were."""
        waiting = [one for one in self.plan() if one.changes()]
        with Ledger(folder) as ledger:
            for start in range(0, len(waiting), CHANGES_PER_REQUEST):
                self._take_back(waiting[start : start + CHANGES_PER_REQUEST])
            left = {one.given.user for one in self.plan() if one.changes()}
            undone = [one.given for one in waiting if one.given.user not in left]
            ledger.add([self._record(given) for given in undone])
        return [one for one in waiting if one.given.user in left]

    def _take_back(self, batch: list[UndoPlan]) -> None:
        grades = {one.given.user: _grade_data(one.given) for one in batch if one.grade}
        if grades:
            try:
                self._api.wait(self._api.update_grades(self._assignment, grades))
            except Unsure:
                raise UserError("the connection to Canvas broke; run the same command to go on") from None
        for one in batch:
            for comment in one.comments:
                where = f"courses/{self._api.course.id}/assignments/{self._assignment.id}/submissions/{one.given.user}"
                self._api.call("DELETE", f"{where}/comments/{comment}")

    def _record(self, given: Given) -> Record:
        course, assignment = self._file.course, self._file.assignment
        return Record(self._file.canvas, course, assignment, given.user, given.attempt, given.hash, state="undone")


def _grade_data(given: Given) -> dict[str, Any]:
    data: dict[str, Any] = {"posted_grade": "" if given.before is None else points_text(given.before)}
    if given.rubric:
        data["rubric_assessment"] = {
            row: {"points": "" if points is None else points} for row, points in given.rubric.items()
        }
    return data


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return f"{float(one):.2f}" == f"{float(other):.2f}"
