"""The grade that counts: what the machine gave, then what a person decided of it. The only place that computes it."""

import msgspec

from capas.course.late_rule import LateRule
from capas.grading.result import GradeLine, QuestionResult, Result
from capas.texts.points import rounded

ALL, LATE_DAYS = "all", "late days"
"""What stands for a question in a decision of the whole grade, and in one of how many days a submission was late."""


class Decision(msgspec.Struct, frozen=True):
    """What a person decided of a submission's question, of `ALL`, or of its `LATE_DAYS`, which are days, not points."""

    question: str
    points: float
    reason: str = ""


class Lateness(msgspec.Struct, frozen=True):
    """How long after the due date a submission came, in seconds; None where only that it was late is known."""

    seconds: float | None


def decided(
    result: Result, decisions: list[Decision], lateness: Lateness | None = None, rule: LateRule | None = None
) -> Result:
    """Return a result with the scores that count, the lines that tell how they came about, and what is waiting.

    Overrides of questions come first, then late days, and an override of all last: that is the grade, whatever was
    before it. No score is below 0, and none above its maximum, as long as no decision is.

    Args:
        result: as the machine gave it, which stays as it is.
        decisions: of this submission, at most one of each question.
        lateness: where the submission came late.
        rule: what late days cost, where the course says so.
    """
    by_question = {decision.question: decision for decision in decisions}
    overridden = [_overridden(question, by_question.get(question.name)) for question in result.questions]
    lines = [line for _, line in overridden if line]
    score = rounded(result.score + sum(line.change for line in lines))
    if (late := _late_line(result, score, by_question.get(LATE_DAYS), lateness, rule)) is not None:
        lines.append(late)
        score = rounded(score + late.change)
    if (whole := by_question.get(ALL)) is not None:
        change = rounded(whole.points - score)
        lines.append(GradeLine("all", change, given=whole.points, points=result.points, reason=whole.reason))
        score = whole.points
    return msgspec.structs.replace(
        result,
        score=score,
        questions=[question for question, _ in overridden],
        grade_lines=lines,
        waiting=[] if whole else _waiting(result, by_question),
    )


def _overridden(question: QuestionResult, decision: Decision | None) -> tuple[QuestionResult, GradeLine | None]:
    if decision is None:
        return question, None
    line = GradeLine(
        "by hand" if question.manual else "question",
        rounded(decision.points - question.score),
        question.name,
        given=decision.points,
        points=question.points,
        reason=decision.reason,
    )
    return msgspec.structs.replace(question, score=decision.points), line


def _late_line(
    result: Result, score: float, decision: Decision | None, lateness: Lateness | None, rule: LateRule | None
) -> GradeLine | None:
    """Return what late days take off, at most what there is; None where nothing is to be told."""
    if rule is None:
        return None
    is_guess = False
    if decision is not None:
        days = int(decision.points)
    elif lateness is not None:
        is_guess = lateness.seconds is None
        days = 1 if lateness.seconds is None else rule.days(lateness.seconds)
    else:
        return None
    if not days and decision is None:
        return None
    taken_off = min(score, rounded(rule.taken_off(days, result.points)))
    reason = decision.reason if decision else ""
    return GradeLine("late", rounded(-taken_off), days=days, is_guess=is_guess, reason=reason)


def _waiting(result: Result, decisions: dict[str, Decision]) -> list[str]:
    """Return the questions that a person has to grade and has not graded yet; not those of which nothing is there."""
    return [
        question.name
        for question in result.questions
        if question.manual and question.diagnosis is None and question.name not in decisions
    ]
