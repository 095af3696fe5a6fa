"""What Canvas shows of a submission and an assignment."""

from collections import Counter
from collections.abc import Mapping
from typing import Any


def entered_score(submission: Any) -> float | None:
    """Return the score that was given, before Canvas takes off points for being late."""
    entered = getattr(submission, "entered_score", None)
    return entered if entered is not None else getattr(submission, "score", None)


def has_mark(submission: Any, mark: str) -> bool:
    """Tell whether Canvas shows a comment with ``mark``."""
    return bool(marked_comments(submission, mark))


def marked_comments(submission: Any, mark: str) -> list[int]:
    """Return the numbers of the comments with ``mark``, 0 where Canvas shows none."""
    comments = getattr(submission, "submission_comments", None) or []
    return [int(comment.get("id") or 0) for comment in comments if mark in str(comment.get("comment", ""))]


def rubric_points(submission: Any) -> dict[str, float | None]:
    """Return the points of each row of the rubric, None for one that has none."""
    rows = getattr(submission, "rubric_assessment", None) or {}
    return {str(row): about.get("points") for row, about in rows.items() if isinstance(about, dict)}


def names_of(submissions: Mapping[int, Any]) -> dict[int, str]:
    """Return the students' names by user, those of one name with what else tells them apart."""
    about = {user: getattr(submission, "user", None) or {} for user, submission in submissions.items()}
    names = {user: str(one.get("sortable_name") or one.get("name") or user) for user, one in about.items()}
    counts = Counter(names.values())
    return {
        user: name if counts[name] == 1 else f"{name} ({about[user].get('login_id') or f'user {user}'})"
        for user, name in names.items()
    }


def criteria_by_question(assignment: Any) -> dict[str, str]:
    """Return the ids of the rubric's rows by question; rows that name none of our questions are left alone."""
    rows = getattr(assignment, "rubric", None) or []
    return {str(row.get("long_description", "")).strip(): str(row["id"]) for row in rows if row.get("long_description")}
