"""What a student is told to begin with: what may still gain points, and not what a person decided or has to grade."""

import msgspec
from made import result_of, told, well_made

from capas.course.model import Stage
from capas.grading.decided import Decision, decided
from capas.grading.result import GradeLine, Result
from capas.report.grade_lines import line_sentence
from capas.report.student_feedback import student_page


def graded(stage: Stage) -> Result:
    """Return a result in which each question has half of its points."""
    made = result_of(stage)
    half = [msgspec.structs.replace(one, score=one.points / 2) for one in made.questions]
    return msgspec.structs.replace(made, questions=half, score=made.points / 2)


def test_one_does_not_begin_with_what_a_person_decided(softmax: Stage) -> None:
    machine = graded(softmax)
    first, second, *others = sorted(machine.questions, key=lambda question: -question.points)
    titles = {question.name: question.title["es"] for question in softmax.all_questions}
    assert titles[first.name] in told(softmax, machine).summary
    summary = told(softmax, decided(machine, [Decision(first.name, 0.5)])).summary
    missing = sum(one.points / 2 for one in (second, *others))
    assert summary.startswith(f"Te faltan {missing:g} puntos. Empieza por «{titles[second.name]}»")
    everything = [Decision(one.name, 0.5) for one in machine.questions]
    assert told(softmax, decided(machine, everything)).summary == ""


def test_what_waits_has_no_points_yet(softmax: Stage) -> None:
    machine = graded(softmax)
    text = msgspec.structs.replace(machine.questions[-1], score=0.0, manual=True, cases=[])
    result = decided(msgspec.structs.replace(machine, questions=[*machine.questions[:-1], text]), [])
    assert result.waiting == [text.name]
    page = well_made(student_page(told(softmax, result)))
    assert f"– / {text.points:g}" in page.said
    assert f"– de {text.points:g} punto" in page.said
    assert f"0 de {text.points:g} punto" not in page.said


def test_late_days_that_take_nothing_off_are_told_so() -> None:
    late = GradeLine("late", 0.0, days=1, reason="lost")
    assert line_sentence(late, "", "en") == "1 day late, nothing taken off: lost"
    assert line_sentence(msgspec.structs.replace(late, change=-1.5), "", "en").startswith("1 day late: 1.5")
    assert "0" not in line_sentence(msgspec.structs.replace(late, days=0), "", "es")
