"""What a student sees after a check: text in a terminal, HTML in a notebook, in both languages."""

import builtins
import html
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_stage import DOUBLE, Page, make_stage

from capas.bundle.public_fingerprints import packed
from capas_check.fingerprint import fingerprint
from capas_check.grader import Grader, Shown

HOSTILE = "</li></ul><script>alert('1 & 2')</script>"


def double(x: Any) -> Any:
    return 2 * x


def doubles_numbers(x: Any) -> Any:
    return 2.0 * x if isinstance(x, float) else None


def grader(language: str = "es", **namespace: Any) -> Grader:
    return Grader(make_stage(language=language), namespace)


def report(*messages: str, question: str = "double", language: str = "es") -> Shown:
    """A report with a case that failed for each message; an empty message is of a case that passed."""
    cases = "".join(f"@test_case()\ndef case():\n    assert {not message}, {message!r}\n" for message in messages)
    stage = make_stage(language=language, tests={question: cases}, points={question: ("5", "3")})
    shown = Grader(stage, {}).check(question)
    assert shown is not None
    return shown


def test_a_question_that_passes() -> None:
    assert repr(grader(double=double).check("double")).splitlines() == [
        "double",
        "  ✔ Prueba 1: pasa",
        "  ✔ Prueba 2: pasa",
        "  Pruebas públicas: pasan todas (2).",
        "  Esta no es todavía la nota. Puntos que deciden las pruebas ocultas: 3 de 5.",
    ]


def test_a_question_of_which_a_part_passes() -> None:
    assert repr(grader("en", double=doubles_numbers).check("double")).splitlines() == [
        "double",
        "  ✔ Case 1: passes",
        "  ✘ Case 2: doubles_numbers([1., 2.]) returned None; expected [2., 4.]. Is the return missing?",
        "  Public cases that pass: 1 of 2.",
        "  This is not the grade yet. Points that hidden cases decide: 3 of 5.",
    ]


def test_points_may_be_halves() -> None:
    assert "ocultas: 0.5 de 1.5" in repr(grader(half=lambda x: x / 2).check("half"))


def test_a_function_that_is_missing_is_said_to_be() -> None:
    assert "✘ Prueba 1: Nada tiene ese nombre todavía" in repr(grader().check("double"))


def test_a_case_that_ends_with_an_error_names_it_and_shows_no_code() -> None:
    shown = repr(grader(half=lambda x: x / 0).check("half"))
    assert "✘ Prueba 1: ZeroDivisionError: float division by zero" in shown
    assert "assert" not in shown


def test_a_check_sees_the_function_as_it_is_now() -> None:
    namespace: dict[str, Any] = {"double": doubles_numbers}
    checks = Grader(make_stage(), namespace)
    first = checks.check("double")
    namespace["double"] = double
    second = checks.check("double")
    assert first is not None
    assert second is not None
    assert [[run.passed for run in seen.runs] for seen in (first, second)] == [[True, False], [True, True]]


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
    assert grader(language).check("<b>triple</b>") is None
    assert capsys.readouterr().out == said


def test_who_does_what_a_known_mistake_does_gets_its_advice() -> None:
    plain = make_stage(language="en")
    before = Grader(plain, {"double": doubles_numbers}).check("double")
    assert before is not None
    prints = [packed(fingerprint(run.kind, run.calls)) for run in before.runs]
    stage = make_stage(language="en", known={"double": [["A list is doubled item by item.", *prints]]})
    mistaken, right = (Grader(stage, {"double": function}) for function in (doubles_numbers, double))
    assert "  What seems to be the matter: A list is doubled item by item." in repr(mistaken.check("double")).split(
        "\n"
    )
    assert "What seems" not in repr(right.check("double"))


@pytest.mark.parametrize(
    ("messages", "passed", "good"),
    [((), 0, True), (("", ""), 2, True), (("", "no"), 1, False), (("no", "no"), 0, False)],
)
def test_a_report_counts_what_passes(messages: tuple[str, ...], passed: int, good: bool) -> None:
    counted = report(*messages)
    assert (sum(run.passed for run in counted.runs), counted.good) == (passed, good)
    count = f": pasan todas ({passed})" if good else f" que pasan: {passed} de {len(messages)}"
    assert counted.lines[len(messages)] == f"Pruebas públicas{count}."


@pytest.mark.parametrize(("language", "word"), [("es", "pasa"), ("en", "passes")])
def test_the_html_of_a_report_says_the_same_as_its_text(language: str, word: str) -> None:
    shown = report("", "no value", language=language)
    text = Page(shown._repr_html_()).text
    assert word in text
    assert "no value" in text
    assert len(shown.lines) == 4
    assert all(line in text for line in shown.lines)
    assert all(line in repr(shown) for line in shown.lines)


def test_the_color_tells_whether_all_pass() -> None:
    passing, failing = report("")._repr_html_(), report("no")._repr_html_()
    assert passing.split(";")[0] != failing.split(";")[0]


def test_a_hostile_message_is_only_text() -> None:
    page = report(HOSTILE, question=HOSTILE)._repr_html_()
    assert "<script" not in page
    assert Page(page).text.count(HOSTILE) == 2


@given(st.text(st.characters(exclude_characters="\0")), st.text(min_size=1))
def test_no_text_of_a_student_becomes_html(question: str, message: str) -> None:
    page = report(message, question=question)._repr_html_()
    assert html.escape(message) in page
    assert Page(page).tags == Page(report("no")._repr_html_()).tags


def test_a_summary_has_a_line_for_each_question_and_what_to_hand_in() -> None:
    assert repr(grader(double=double).summary()).splitlines() == [
        "Resumen de las pruebas públicas",
        "  ✔ double: Pruebas públicas: pasan todas (2).",
        "  ✘ half: Pruebas públicas que pasan: 0 de 1.",
        "  Puntos de las pruebas públicas: 2 de 3. Las pruebas ocultas deciden los otros: 3.5.",
        "  No encuentro el archivo de este cuaderno, así que no se ejecutó desde cero.",
        "  Cuando termines, guarda tu trabajo y entrega un solo archivo: functions.py.",
    ]


def test_a_summary_in_english() -> None:
    assert repr(grader("en", half=lambda x: x / 2).summary()).splitlines() == [
        "Summary of the public cases",
        "  ✘ double: Public cases that pass: 0 of 2.",
        "  ✔ half: Public cases: all pass (1).",
        "  Points of the public cases: 1 of 3. The hidden cases decide the others: 3.5.",
        "  The file of this notebook cannot be found, so it was not run from zero.",
        "  When you are done, save your work and hand in a single file: functions.py.",
    ]


def test_the_html_of_a_summary_says_the_same_and_escapes() -> None:
    stage = make_stage(
        file=HOSTILE, tests={HOSTILE: DOUBLE, "double": DOUBLE}, points={HOSTILE: ["5", "3"], "double": ["5", "3"]}
    )
    page = Grader(stage, {"double": double}).summary()._repr_html_()
    assert "<script" not in page
    text = Page(page).text
    assert text.count(HOSTILE) == 2
    assert "✔ double: Pruebas públicas: pasan todas (2)." in text
    assert "✘" in Page(grader().summary()._repr_html_()).text


CURVE = {
    "function": "square",
    "kind": "curve",
    "title": "Tu cuadrado",
    "argument": "a",
    "start": -1.0,
    "stop": 1.0,
    "right": np.round(np.linspace(-1.0, 1.0, 121) ** 2, 6).tolist(),
}


def test_the_grader_draws_what_the_student_has_now(capsys: pytest.CaptureFixture[str]) -> None:
    namespace: dict[str, Any] = {}
    drawing = Grader(make_stage(drawings={"square": CURVE}), namespace)
    before = drawing.draw("square")
    namespace["square"] = np.square
    after = drawing.draw("square")
    assert before is not None
    assert after is not None
    assert (before.good, after.good) == (False, True)
    assert after.title == "✔ Tu cuadrado"
    assert before.picture != after.picture
    assert drawing.draw("tanh") is None
    assert capsys.readouterr().out == "No hay ningún dibujo llamado tanh. Los dibujos son: square.\n"


def test_without_matplotlib_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def refuse(name: str, *rest: Any) -> Any:
        if name.startswith("matplotlib"):
            raise ModuleNotFoundError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", refuse)
    drawn = Grader(make_stage(drawings={"square": CURVE}), {"square": np.abs}).draw("square")
    assert drawn is not None
    assert drawn.picture == b""
    assert "Tu square se aparta de lo correcto" in drawn.lines[0]
    assert "%pip install matplotlib" in drawn.lines[-1]
    assert "<img" not in drawn._repr_html_()


@pytest.mark.parametrize(("function", "mark"), [(np.square, "✔"), (np.abs, "✘")])
def test_a_picture_has_its_mark_before_the_title(function: Any, mark: str) -> None:
    drawn = Grader(make_stage(drawings={"square": CURVE}), {"square": function}).draw("square")
    assert drawn is not None
    assert repr(drawn).splitlines() == [f"{mark} Tu cuadrado", *(f"  {line}" for line in drawn.lines)]
    assert Page(drawn._repr_html_()).text.startswith(f"{mark} Tu cuadrado")
