"""What a student sees after a check: text in a terminal, HTML in a notebook, in both languages."""

import html
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from otter.test_files.abstract_test import TestCase as OtterCase
from otter.test_files.abstract_test import TestCaseResult as OtterOutcome

from capas.checks import set_language
from capas.checks.student import Grader, Report, Summary

DOUBLE = """
import numpy as np
from otter.test_files import test_case
from capas.checks import call

name = "double"
points = 2

@test_case()
def test_of_a_number(double):
    call(double, 2.0).returns(4.0)

@test_case()
def test_of_an_array(double):
    call(double, np.array([1.0, 2.0])).returns([2.0, 4.0])
"""

HALF = """
from otter.test_files import test_case

name = "half"
points = 1

@test_case()
def test_of_a_number(half):
    assert half(4.0) == 2.0
"""

HOSTILE = "</li></ul><script>alert('1 & 2')</script>"


def double(x: Any) -> Any:
    return 2 * x


def doubles_numbers(x: Any) -> Any:
    return 2.0 * x if isinstance(x, float) else None


def grader(**namespace: Any) -> Grader:
    return Grader({"double": DOUBLE, "half": HALF}, {"double": (5, 3), "half": (1.5, 0.5)}, namespace, "functions.py")


def report(*messages: str, question: str = "double") -> Report:
    """A report with a case that failed for each message; an empty message is of a case that passed."""
    case = OtterCase("", None, False, 1, None, None)
    return Report(question, [OtterOutcome(case, message, not message) for message in messages], 5, 3)


class Reader(HTMLParser):
    """Takes HTML apart: the tags in it, and the text between them."""

    def __init__(self, page: str):
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_question_that_passes() -> None:
    assert repr(grader(double=double).check("double")).splitlines() == [
        "double",
        "  ✔ Prueba 1: pasa",
        "  ✔ Prueba 2: pasa",
        "  Pruebas públicas: pasan todas (2).",
        "  Esta no es todavía la nota: las pruebas ocultas deciden 3 de los 5 puntos.",
    ]


def test_a_question_of_which_a_part_passes() -> None:
    set_language("en")
    assert repr(grader(double=doubles_numbers).check("double")).splitlines() == [
        "double",
        "  ✔ Case 1: passes",
        "  ✘ Case 2: doubles_numbers([1., 2.]) returned None; expected [2., 4.]. Is the return missing?",
        "  Public cases: 1 of 2 pass.",
        "  This is not the grade yet: hidden cases decide 3 of the 5 points.",
    ]


def test_points_may_be_halves() -> None:
    assert "deciden 0.5 de los 1.5 puntos" in repr(grader(half=lambda x: x / 2).check("half"))


def test_a_function_that_is_missing_is_said_to_be() -> None:
    assert "✘ Prueba 1: La función no existe" in repr(grader().check("double"))


def test_a_case_that_ends_with_an_error_names_it_and_shows_no_code() -> None:
    shown = repr(grader(half=lambda x: x / 0).check("half"))
    assert "✘ Prueba 1: ZeroDivisionError: float division by zero" in shown
    assert "assert" not in shown


def test_a_check_sees_the_function_as_it_is_now() -> None:
    namespace: dict[str, Any] = {"double": doubles_numbers}
    checks = Grader({"double": DOUBLE}, {"double": (5, 3)}, namespace, "functions.py")
    first = checks.check("double")
    namespace["double"] = double
    second = checks.check("double")
    assert first is not None
    assert second is not None
    assert (first.passed, second.passed) == (1, 2)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("es", "No hay ninguna pregunta llamada <b>triple</b>. Las preguntas son: double, half.\n"),
        ("en", "There is no question called <b>triple</b>. The questions are: double, half.\n"),
    ],
)
def test_an_unknown_question_is_answered_with_those_there_are(
    language: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    set_language(language)
    assert grader().check("<b>triple</b>") is None
    assert capsys.readouterr().out == said


@pytest.mark.parametrize(
    ("messages", "passed", "all_pass"),
    [((), 0, True), (("", ""), 2, True), (("", "no"), 1, False), (("no", "no"), 0, False)],
)
def test_a_report_counts_what_passes(messages: tuple[str, ...], passed: int, all_pass: bool) -> None:
    counted = report(*messages)
    assert (counted.passed, counted.all_pass) == (passed, all_pass)


@pytest.mark.parametrize(("language", "word"), [("es", "pasa"), ("en", "passes")])
def test_the_html_of_a_report_says_the_same_as_its_text(language: str, word: str) -> None:
    set_language(language)
    shown = report("", "no value")
    text = Reader(shown._repr_html_()).text
    assert word in text
    assert "no value" in text
    assert all(line in text for line in shown.lines())


def test_the_color_tells_whether_all_pass() -> None:
    passing, failing = report("")._repr_html_(), report("no")._repr_html_()
    assert passing.split(";")[0] != failing.split(";")[0]


def test_a_hostile_message_is_only_text() -> None:
    page = report(HOSTILE, question=HOSTILE)._repr_html_()
    assert "<script" not in page
    assert Reader(page).text.count(HOSTILE) == 2


@given(st.text(), st.text(min_size=1))
def test_no_text_of_a_student_becomes_html(question: str, message: str) -> None:
    page = report(message, question=question)._repr_html_()
    assert html.escape(message) in page
    assert Reader(page).tags == Reader(report("no")._repr_html_()).tags


def test_a_summary_has_a_line_for_each_question_and_what_to_hand_in() -> None:
    assert repr(grader(double=double).summary()).splitlines() == [
        "Resumen de las pruebas públicas",
        "  ✔ double: Pruebas públicas: pasan todas (2).",
        "  ✘ half: Pruebas públicas: pasan 0 de 1.",
        "Cuando termines, guarda tu trabajo y entrega un solo archivo: functions.py.",
    ]


def test_a_summary_in_english() -> None:
    set_language("en")
    assert repr(grader(half=lambda x: x / 2).summary()).splitlines() == [
        "Summary of the public cases",
        "  ✘ double: Public cases: 0 of 2 pass.",
        "  ✔ half: Public cases: all pass (1).",
        "When you are done, save your work and hand in a single file: functions.py.",
    ]


def test_the_html_of_a_summary_says_the_same_and_escapes() -> None:
    page = Summary([report("no", question=HOSTILE), report("")], HOSTILE)._repr_html_()
    assert "<script" not in page
    text = Reader(page).text
    assert text.count(HOSTILE) == 2
    assert "✘" in text
    assert "✔ double: Pruebas públicas: pasan todas (1)." in text
