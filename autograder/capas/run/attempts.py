"""Which results are attempts of one student, who handed in several times: every attempt is a result of its own.

A platform numbers what is handed in, so that the ids of its attempts differ. Where something else takes the place of
what was handed in under the same id, the earlier result gets an id of its own: that one with a number after `~`, which
no id of a file has.
"""

from collections.abc import Callable, Iterable, Mapping

import msgspec

from capas.run.journal import Origin
from capas.submission.manifest import Entry
from capas.submission.student_files import owner

_APART = "~"


class Turn(msgspec.Struct, frozen=True):
    """Whose attempt a submission is, by the id of the student's last one, and its turn among them."""

    student: str
    number: int


def earlier_id(submission: str, number: int) -> str:
    """Return the id of the earlier attempt ``number``, from 1, of which another took the place."""
    return f"{submission}{_APART}{number}"


def free_id(submission: str, origins: Mapping[str, Origin]) -> str:
    """Return the id for the result of ``submission`` as an earlier attempt; "" where it is kept as one already."""
    number = 1
    while earlier_id(submission, number) in origins:
        number += 1
    before = origins.get(earlier_id(submission, number - 1))
    is_kept = before is not None and before.sha256 == origins[submission].sha256
    return "" if is_kept else earlier_id(submission, number)


def given_id(submission: str) -> str:
    """Return the id under which an attempt was handed in."""
    return submission.partition(_APART)[0]


def turns_of(entries: Mapping[str, Entry]) -> dict[str, Turn]:
    """Return the turns of those submissions, of the entries of a manifest, whose student has several."""
    of_owner: dict[str, list[str]] = {}
    for submission, entry in entries.items():
        of_owner.setdefault(owner(entry), []).append(submission)
    turns = {}
    for several in of_owner.values():
        ordered = sorted(several, key=_turn_of({submission: entries[submission] for submission in several}))
        if len(ordered) > 1:
            turns |= {submission: Turn(ordered[-1], number) for number, submission in enumerate(ordered)}
    return turns


def _turn_of(entries: Mapping[str, Entry]) -> Callable[[str], tuple[int, int, str]]:
    """Return what a student's submissions are sorted by: the attempt where it is known of each, else the number.

    What is handed in again from a student's own files in Canvas may have an old number.
    """
    is_known = all(entry.attempt is not None for entry in entries.values())

    def key(submission: str) -> tuple[int, int, str]:
        entry = entries[submission]
        return (entry.attempt or 0) if is_known else 0, entry.number, submission

    return key


def by_student(submissions: Iterable[str], turns: Mapping[str, Turn]) -> list[list[str]]:
    """Return the submissions of each student, in the order of their turns; the students by the ids of their last."""
    students: dict[str, list[tuple[int, int, str]]] = {}
    for submission in submissions:
        given, _, number = submission.partition(_APART)
        turn = turns.get(given) or Turn(given, 0)
        # The one that goes by the id itself was handed in last.
        later = int(number) if number.isdecimal() else 10**9
        students.setdefault(turn.student, []).append((turn.number, later, submission))
    each = [[submission for *_, submission in sorted(several)] for several in students.values()]
    return sorted(each, key=lambda several: several[-1])
