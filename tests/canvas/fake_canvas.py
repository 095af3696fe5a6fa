"""What a small Canvas knows, and the faults it is to show."""

import threading
from collections import Counter
from typing import Any

from canvas_class import Member

COURSE = 12


class FakeCanvas:
    """What Canvas knows, and the faults it is to show.

    ``refusals`` are answered to the next requests instead of what they ask for: a status, or "drop".
    ``drop_bulk`` says when the connection of the next bulk update breaks: before or after it is done.
    ``failing`` are users for whom a bulk update does nothing and its Progress fails.
    ``deducted`` is what a late policy takes off.
    ``slow`` is how often a Progress is still running when it is asked for.
    """

    def __init__(self, members: list[Member], contents: dict[int, bytes]):
        self.members = {member.id: member for member in members}
        self.contents = contents
        self.assignments: dict[int, dict[str, Any]] = {}
        self.submissions: dict[tuple[int, int], dict[str, Any]] = {}
        self.files: dict[int, tuple[str, bytes]] = {}
        self.progresses: dict[int, dict[str, Any]] = {}
        self.requests: list[tuple[str, str]] = []
        self.refusals: list[Any] = []
        self.drop_bulk: list[str] = []
        self.failing: set[int] = set()
        self.slow = 0
        self.deducted = 0.0
        self.limit = 10**9
        self.problems: list[str] = []
        self._pending: dict[str, dict[str, Any]] = {}
        self._next = 7000
        self.lock = threading.Lock()

    def number(self) -> int:
        self._next += 1
        return self._next

    def add_assignment(self, **settings: Any) -> int:
        number = self.number()
        self.assignments[number] = {
            "id": number,
            "course_id": COURSE,
            "name": "Softmax: de números a probabilidades",
            "description": "",
            "points_possible": 20.0,
            "submission_types": ["online_upload"],
            "allowed_extensions": [],
            "post_manually": False,
            **settings,
        }
        return number

    def submission(self, assignment: int, user: int) -> dict[str, Any]:
        member = self.members[user]
        return self.submissions.setdefault(
            (assignment, user),
            {
                "id": user * 10,
                "user_id": user,
                "assignment_id": assignment,
                "attempt": 1 if member.attachments else None,
                "score": None,
                "excused": None,
                "submission_comments": [],
                "rubric_assessment": {},
            },
        )

    def scores(self, assignment: int) -> dict[int, float]:
        return {
            user: one["score"]
            for (number, user), one in self.submissions.items()
            if number == assignment and one["score"] is not None
        }

    def comments(self, assignment: int) -> Counter[int]:
        return Counter(
            {
                user: len(one["submission_comments"])
                for (number, user), one in self.submissions.items()
                if number == assignment and one["submission_comments"]
            }
        )
