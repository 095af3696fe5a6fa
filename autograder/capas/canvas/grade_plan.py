"""What is to be given back for one result, and what speaks against it."""

import hashlib
from pathlib import Path
from typing import Literal

import msgspec

from capas.canvas.grades import score
from capas.grading.result import KILLED, Result
from capas.submission.manifest import Entry

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
    before: float | None = None
    """The score that stands in Canvas, and in ``rubric_before`` the points of the rubric's rows."""
    rubric_before: dict[str, float | None] = {}

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
    undo: Path | None = None
    """The file that undoes it; None where nothing was asked for."""


def digest(result: Result, user: int, attempt: int, with_file: bool) -> str:
    """Return a hash of what is given back: another for every other result, the same for the same one."""
    content = msgspec.json.encode([result.stage, user, attempt, score(result), result.message, result.questions])
    if result.grade_lines:
        content += msgspec.json.encode(result.grade_lines)
    return hashlib.sha256(content + (b"file" if with_file else b"")).hexdigest()


def not_whole(result: Result) -> str:
    """Return why a result is no grade to be given yet; "" where it is one."""
    if result.status == KILLED and not any(line.kind == "all" for line in result.grade_lines):
        return "its grading was killed from outside; grade it again"
    if result.waiting:
        return f"not graded by hand yet: {', '.join(result.waiting)}"
    return ""


def is_ours(now: float | None, given: float | None) -> bool:
    """Tell whether the grade that stands is the one that was given."""
    return now is not None and given is not None and f"{float(now):.2f}" == f"{given:.2f}"
