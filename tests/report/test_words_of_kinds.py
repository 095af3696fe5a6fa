"""What is said of a variable or a class is not said as if it were a function."""

import re

import pytest
from example import FOLDER
from made import told

from capas.course.model import Stage, load_course
from capas.grading.result import CaseResult, Isolation, QuestionResult, Result
from capas.report.diagnoses import GENERAL, UNANSWERED, UNRETURNED
from capas.texts import program_texts

WRONG = {
    "gravity": r"\b(call|return|function|argument|sample|single row)",
    "Pendulum": r"\b(your function|of your own whose answer|rows? that differ, a single|one sample)",
}
"""By question, a variable and a class, what nobody should read who answered it."""
FAILURES = [key[7:] for key in program_texts("en") if re.fullmatch(r"hidden_[a-z_]+", key) and "case" not in key]
OF_CALLS = {"nothing", "changed_arguments", "printed", "written", "did_not_raise", "exited", "crashed", "timeout"}
OF_CALLS |= {"nothing_drawn", "drawn", "words", "missing_member", "distribution", "not_a_function", "property"}
"""How a call fails, which no variable does."""

OF_DRAWINGS = {"nothing_drawn", "drawn", "words"}


@pytest.fixture(scope="module")
def falling() -> Stage:
    return load_course(FOLDER).choose(["01_falling"])[0]


def failing(stage: Stage, question: str, failure: str, diagnosis: str | None) -> Result:
    """Return a result in which a hidden case of one question fails."""
    passed, failed = CaseResult("seen", False, 1.0, True), CaseResult("unseen", True, 1.0, False, failure)
    questions = [
        QuestionResult(one.name, 1.0, 2.0, False, diagnosis if one.name == question else None, [passed, failed])
        for one in stage.questions
        if one.name == question
    ]
    return Result("x", "x.py", "", stage.id, "graded", 1.0, 2.0, questions, Isolation(0, []), "0")


def said(stage: Stage, question: str, failure: str, diagnosis: str | None = None) -> str:
    (one,) = told(stage, failing(stage, question, failure, diagnosis), language="en").questions
    return " ".join([one.explanation, *(hidden.sentence for hidden in one.hidden), *one.next_steps])


@pytest.mark.parametrize("question", WRONG)
def test_what_fails_is_told_in_words_of_its_kind(falling: Stage, question: str) -> None:
    for failure in FAILURES:
        if failure in (OF_CALLS | {"not_a_value"} if question == "gravity" else OF_DRAWINGS):
            continue
        text = said(falling, question, failure)
        assert not re.search(WRONG[question], text), (failure, text)


@pytest.mark.parametrize("question", WRONG)
def test_a_misunderstanding_leads_to_a_step_in_words_of_its_kind(falling: Stage, question: str) -> None:
    """Of how values are wrong: those that say how calls are wrong are no variable's."""
    of_calls = {*UNANSWERED, *UNRETURNED, "prints_instead_of_returning", "gives_back_its_argument", "raises"}
    of_calls |= {"differs_each_time", "changes_its_arguments", "accepts_what_is_to_be_refused"}
    for diagnosis in sorted(GENERAL - {*UNANSWERED, *UNRETURNED}):
        if (question == "gravity" and diagnosis in of_calls) or diagnosis.startswith("gives_a"):
            continue
        (one,) = told(falling, failing(falling, question, "value", diagnosis), language="en").questions
        for step in one.next_steps:
            assert not re.search(WRONG[question], step), (diagnosis, step)


def test_a_name_with_a_function_in_place_of_a_value_is_told_so(falling: Stage) -> None:
    assert program_texts("en")("next_step_not_a_value") in said(falling, "gravity", "not_a_value")


def test_functions_are_told_as_before(falling: Stage) -> None:
    step = program_texts("en")("next_step_value")
    assert step in said(falling, "fall_time", "value")
    for failure in ("printed", "written", "distribution", "drawn", "parts", "shape"):
        assert step not in said(falling, "fall_time", failure)
    assert step not in said(falling, "Pendulum", "value")
    assert step not in said(falling, "gravity", "value")


@pytest.mark.parametrize("language", ["es", "en"])
def test_each_sentence_of_a_kind_is_there_for_all_kinds_too(language: str) -> None:
    say = program_texts(language)
    keys = [key for key in say if key.endswith(("_of_a_class", "_of_a_variable"))]
    assert keys
    assert all(re.sub(r"_of_a_(class|variable)$", "", key) in say for key in keys if key.startswith(("next", "diag")))
