"""What a student who handed in several times is told of the attempts."""

from collections.abc import Mapping

import msgspec

from capas.grading.result import Result
from capas.report.texts import score_text
from capas.texts import program_texts
from capas.texts.points import points_text


class AttemptFeedback(msgspec.Struct, frozen=True):
    """An attempt: a sentence on its points, and how those of questions changed since the one before it."""

    told: str
    changes: list[str]
    counts: bool


def attempts_told(result: Result, titles: Mapping[str, str], language: str) -> list[AttemptFeedback]:
    """Return every attempt of who handed in several times, as the program graded each."""
    say, told = program_texts(language), []
    for number, now in enumerate(result.attempts, 1):
        score = score_text(now.score, now.points, language)
        sentence = say("student_attempt_late" if now.is_late else "student_attempt", number=number, score=score)
        before = result.attempts[number - 2].questions if number > 1 else {}
        changes = [
            _change(titles.get(name, name), before[name][0], *now.questions[name], language)
            for name in now.questions
            if name in before and before[name][1] == now.questions[name][1] and before[name] != now.questions[name]
        ]
        unchanged = [say("student_change_none")] if number > 1 else []
        told.append(AttemptFeedback(sentence, changes or unchanged, now.counts))
    return told


def _change(title: str, before: float, now: float, points: float, language: str) -> str:
    key = "student_change_up" if now > before else "student_change_down"
    values = {"before": points_text(before), "now": points_text(now), "points": points_text(points)}
    return program_texts(language)(key, question=title, **values)
