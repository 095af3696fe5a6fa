"""A result in which some questions are graded anew, and the others stay as they were."""

from collections.abc import Set

import msgspec

from capas.grading.result import Result
from capas.texts.points import rounded


def with_questions(before: Result, anew: Result, names: Set[str]) -> Result | None:
    """Return ``anew`` with all questions but ``names`` as they were; None where the two cannot be one result.

    They can where they are of the same bytes, ended in the same way, and have the same questions, of which those that
    stay have the same points. The level of isolation is the lower of the two, as that holds for every question.

    Args:
        before: the result there was.
        anew: what grading the same submission gives now.
        names: the questions that are taken from ``anew``.
    """
    if (before.sha256, before.status) != (anew.sha256, anew.status):
        return None
    pairs = list(zip(before.questions, anew.questions, strict=False))
    if len(pairs) != len(before.questions) or len(pairs) != len(anew.questions):
        return None
    if any(old.name != new.name or (old.points != new.points and new.name not in names) for old, new in pairs):
        return None
    questions = [new if new.name in names else old for old, new in pairs]
    return msgspec.structs.replace(
        anew,
        questions=questions,
        score=rounded(sum(question.score for question in questions)),
        points=rounded(sum(question.points for question in questions)),
        isolation=min(before.isolation, anew.isolation, key=lambda isolation: isolation.level),
    )
