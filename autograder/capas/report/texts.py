"""Sentences of feedback and report that are put together from those in `capas.texts`."""

from capas.texts import program_texts
from capas.texts.points import points_text


def counted(noun: str, count: float, language: str) -> str:
    """Return a number with its noun (point, submission, public, hidden): one point, two points."""
    key = f"one_{noun}" if count == 1 else f"many_{noun}"
    return program_texts(language)(key, count=points_text(count))


NO_POINTS_YET = "–"
"""The score of what nobody graded yet, which is not 0."""


def score_text(score: float | str, points: float | str, language: str) -> str:
    """Return a score beside the points there are: 0 of 1 point, 3 of 20 points."""
    texts = program_texts(language)
    given = score if score == NO_POINTS_YET else points_text(float(score))
    return texts("student_score", score=given, points=counted("point", float(points), language))


def status_text(status: str, language: str) -> str:
    """Return the status of a result in words, or as it is where it is not known."""
    return program_texts(language).get(f"status_{status.replace(' ', '_')}", status)


def hidden_sentence(kind: str, language: str) -> str:
    """Return what a student may know of a hidden case that failed as ``kind``, whichever it is."""
    texts = program_texts(language)
    sentence = texts.get(f"hidden_{kind}", texts("hidden_unknown"))
    return sentence[0].upper() + sentence[1:]
