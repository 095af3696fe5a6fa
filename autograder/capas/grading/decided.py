"""The grade that counts: what the machine gave, then what a person decided of it. The only place that computes it."""

from collections.abc import Sequence

import msgspec

from capas.course.grade_terms import GradeTerms
from capas.course.late_rule import LateRule
from capas.grading.result import KILLED, Attempt, GradeLine, QuestionResult, Result
from capas.texts.points import rounded

ALL, LATE_DAYS = "all", "late days"
"""What stands for a question in a decision of the whole grade, and in one of how many days a submission was late."""


class Decision(msgspec.Struct, frozen=True):
    """What a person decided of a submission's question, of `ALL`, or of its `LATE_DAYS`, which are days, not points."""

    question: str
    points: float
    reason: str = ""
    is_note: bool = False
    """Whether it is an answer to the student only, and changes no points."""


class Lateness(msgspec.Struct, frozen=True):
    """How long after the due date a submission came, in seconds; None where only that it was late is known."""

    seconds: float | None


class HandIn(msgspec.Struct, frozen=True):
    """What a student handed in once: the machine's result of it, and how late it came, None where it was in time."""

    result: Result
    lateness: Lateness | None = None


def counted(hand_ins: Sequence[HandIn], decisions: list[Decision], terms: GradeTerms) -> Result:
    """Return the result of a student as it counts: of one hand-in, or of that of several which the course's rule names.

    It goes by the id of the last. What was decided is of the student, so it is the same whichever hand-in counts; late
    days are those of the one that does.

    Args:
        hand_ins: of one student, in the order in which they were handed in.
        decisions: of this student, at most one of each question.
        terms: what the course says.
    """
    each = [decided(one.result, decisions, one.lateness, terms.rule) for one in hand_ins]
    if len(each) == 1:
        return each[0]
    late = [_is_late(one.lateness, decisions, terms.rule) for one in hand_ins]
    last = hand_ins[-1].result
    chosen = _counting(each, late, last, terms)
    lines = each[chosen].grade_lines
    if terms.attempts != "last":
        change = rounded(hand_ins[chosen].result.score - last.score)
        lines = [GradeLine("attempt", change, attempt=chosen + 1, attempts=len(each), rule=terms.attempts), *lines]
    attempts = [
        _attempt(one.result, is_late, place == chosen)
        for place, (one, is_late) in enumerate(zip(hand_ins, late, strict=True))
    ]
    return msgspec.structs.replace(each[chosen], submission=last.submission, grade_lines=lines, attempts=attempts)


def _counting(each: Sequence[Result], late: Sequence[bool], last: Result, terms: GradeTerms) -> int:
    """Return the place of the hand-in that counts; only those of the same questions and points may.

    Where grading the last was killed from outside, it is that one: what it is worth is not known yet.
    """
    rule, end = terms.attempts, len(each) - 1
    asked = _questions(last)
    places = [place for place, one in enumerate(each) if one.status != KILLED and _questions(one) == asked]
    if rule == "last" or last.status == KILLED:
        return end
    if rule == "first":
        return places[0]
    if rule == "best":
        return max(places, key=lambda place: (each[place].score, place))
    return next((place for place in reversed(places) if not late[place]), end)


def _questions(result: Result) -> list[tuple[str, float]]:
    return [(question.name, rounded(question.points)) for question in result.questions]


def _is_late(lateness: Lateness | None, decisions: list[Decision], rule: LateRule | None) -> bool:
    """Tell whether a hand-in is late: as a person decided, else after the rule's grace."""
    days = next((decision.points for decision in decisions if decision.question == LATE_DAYS), None)
    if days is not None:
        return days > 0
    if lateness is None or lateness.seconds is None or rule is None:
        return lateness is not None
    return rule.days(lateness.seconds) > 0


def _attempt(result: Result, is_late: bool, counts: bool) -> Attempt:
    questions = {question.name: (question.score, question.points) for question in result.questions}
    return Attempt(result.submission, result.file, result.score, result.points, questions, is_late, counts)


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
    by_question = {decision.question: decision for decision in decisions if not decision.is_note}
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
    lines += [
        GradeLine("note", 0.0, "" if note.question == ALL else note.question, reason=note.reason)
        for note in decisions
        if note.is_note
    ]
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
