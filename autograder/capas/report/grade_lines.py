"""How a grade came about, for the student: what the machine gave, and what a person changed of it."""

import hashlib
from collections.abc import Mapping

import msgspec

from capas.grading.result import GradeLine, QuestionResult, Result
from capas.report.texts import counted
from capas.texts import program_texts
from capas.texts.points import points_text

_SENTENCES = {"question": "decided_question", "by hand": "decided_by_hand", "all": "decided_all"}


def grade_sentences(result: Result, titles: Mapping[str, str], language: str) -> list[str]:
    """Return how the grade came about, a sentence each; none where it is what the machine gave, and whole.

    Args:
        result: with what a person decided.
        titles: of the questions, in ``language``; one that is not there goes by its name.
        language: of the sentences.
    """
    say, sentences = program_texts(language), []
    if result.grade_lines:
        key = "decided_machine_last" if result.grade_lines[0].kind == "attempt" else "decided_machine"
        sentences.append(say(key, score=counted("point", result.machine_score, language)))
    told = [line_sentence(line, titles.get(line.question, line.question), language) for line in result.grade_lines]
    sentences += [sentence[:1].upper() + sentence[1:] for sentence in told]
    if result.waiting:
        waiting = ", ".join(say("decided_title", question=titles.get(name, name)) for name in result.waiting)
        sentences.append(say("decided_waiting_all", questions=waiting))
    return sentences


def line_sentence(line: GradeLine, title: str, language: str) -> str:
    """Return a line of a grade as a sentence; ``title`` is its question's, "" beside the question itself."""
    say = program_texts(language)
    if line.kind == "attempt":
        told = say(f"decided_attempt_{line.rule.replace(' ', '_')}", attempt=line.attempt, attempts=line.attempts)
        if line.change:
            change = counted("point", abs(line.change), language)
            told += say("decided_attempt_more" if line.change > 0 else "decided_attempt_fewer", change=change)
    elif line.kind == "note":
        told = say("decided_note")
    elif line.kind == "late":
        days = counted("day", line.days, language)
        key = "decided_late" if line.change else "decided_late_free" if line.days else "decided_forgiven"
        told = say(key, days=days, change=points_text(-line.change))
        told += " " + say("decided_late_guess") if line.is_guess else ""
    else:
        given, points = points_text(line.given), counted("point", line.points, language)
        told = say(_SENTENCES[line.kind], given=given, points=points)
    told = say("decided_of", question=title, told=told) if title else told
    return told + (f": {line.reason}" if line.reason else ".")


def open_to_gain(result: Result) -> list[QuestionResult]:
    """Return the questions of which the program's points count: what a person decided stays, whatever is tried."""
    settled = {*result.waiting, *(line.question for line in result.grade_lines if line.kind in ("question", "by hand"))}
    return [question for question in result.questions if question.name not in settled]


def grade_mark(result: Result) -> str:
    """Return what a page shows of how its grade came about, so that it is known whether it tells of this very grade."""
    if not (result.grade_lines or result.waiting or result.attempts):
        return ""
    content = msgspec.json.encode([result.score, result.grade_lines, result.waiting])
    if result.attempts:
        content += msgspec.json.encode(result.attempts)
    return hashlib.sha256(content).hexdigest()[:16]
