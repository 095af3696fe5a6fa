"""The page of a student: what it says, what it never says, and that nothing can be put into it."""

import re
from pathlib import Path

import msgspec
import pytest
from made import HOSTILE, found, readable, result_of, seen, told, well_made, with_mistakes

from capas.course.drawings import drawings_of
from capas.course.model import Course, Stage, load_course
from capas.course.solutions import Solutions
from capas.report.diagnoses import GENERAL, UNANSWERED, diagnoses_of
from capas.report.pictures import draw_answers
from capas.report.student_feedback import student_page
from capas.report.texts import score_text
from capas.sandbox import Limits
from capas.submission import read_submission
from capas.texts import program_texts
from capas.texts.plain import clean


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_student_with_three_mistakes(softmax, small_class, grade, golden, language: str) -> None:
    (carla,) = grade(softmax, [one for one in small_class if one.id == "carla"], language)
    page = student_page(told(softmax, carla, language=language))
    well_made(page)
    golden(f"carla.{language}.html", readable(page))


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_student_with_a_picture(activations, zygote, grade, golden, language: str) -> None:
    one = found({"diana.py": with_mistakes(activations, "rises_twice_as_fast", "returns_the_mask")})
    (diana,) = grade(activations, one, language)
    cells = read_submission(one[0]).cells
    pictures = seen(activations, diana, cells, zygote, language)
    assert list(pictures) == ["sigmoid"]
    page = student_page(told(activations, diana, pictures, language))
    assert well_made(page).tags.count("img") == 1
    golden(f"diana.{language}.html", readable(page))
    assert seen(activations, diana, cells, zygote, language) == pictures


def test_the_picture_of_bars_names_the_numbers(softmax, zygote, grade) -> None:
    one = found({"eva.py": with_mistakes(softmax, "divides_by_the_maximum")})
    (eva,) = grade(softmax, one, "es")
    picture = seen(softmax, eva, read_submission(one[0]).cells, zygote)["softmax"]
    assert "Lo correcto, en barras vacías: 0.101, 0.2, 0.698." in picture.alt
    assert picture.svg.startswith(b"<?xml")
    assert picture.png.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "body",
    [
        "return None",
        "return 'text'",
        "return a.reshape(1, -1)",
        "raise ValueError('no')",
        "return a * float('nan')",
        "import os; os._exit(3)",
        "while True: pass",
        "return a * 0 + 1e308",
    ],
)
def test_whatever_a_function_does_there_is_a_page(activations, zygote, grade, body: str) -> None:
    one = found({"x.py": f"def sigmoid(a):\n    {body}\n".encode()})
    result = result_of(activations)
    cells = read_submission(one[0]).cells
    limits = msgspec.structs.replace(Limits(), call_seconds=0.3)
    pictures = draw_answers(result, lambda _: cells, drawings_of(activations, "es"), lambda: zygote, limits, "es")
    assert set(pictures) == ({"sigmoid"} if "1e308" in body else set())
    well_made(student_page(told(activations, result, pictures)))


@pytest.mark.parametrize("status", ["unreadable", "timed out", "crashed", "something new"])
def test_what_was_not_graded_says_why(softmax, status: str) -> None:
    result = msgspec.structs.replace(result_of(softmax, message="El archivo está vacío."), status=status)
    page = well_made(student_page(told(softmax, result)))
    assert "No se pudo calificar El archivo está vacío." in page.said
    assert "vuelve a entregar" in page.said
    assert "table" not in page.tags


def test_full_marks_are_short(softmax, small_class, grade) -> None:
    (ana,) = grade(softmax, small_class[:1], "es")
    page = well_made(student_page(told(softmax, ana)))
    assert "20 de 20 puntos Todo está bien" in page.said
    assert "Qué probar ahora" not in page.said


def test_a_stub_is_told_to_begin(softmax, small_class, grade) -> None:
    (stub,) = grade(softmax, [one for one in small_class if one.id == "gabriela"], "es")
    feedback = told(softmax, stub)
    assert all(question.diagnosis == "not_begun" for question in stub.questions)
    assert feedback.questions[0].next_steps[0].startswith("Lee la pregunta")
    # Not with the one of most points, which may be the last.
    assert feedback.summary == "Todavía no hay nada empezado. Empieza por la primera pregunta, «Softmax»."
    said = well_made(student_page(feedback)).said
    assert said.count("Esta pregunta está sin empezar.") == len(softmax.questions)
    # No case has anything to say of what nobody wrote.
    assert "return" not in said
    assert "None" not in said


def test_what_was_carried_forward_is_said(softmax, small_class, grade) -> None:
    (ana,) = grade(softmax, small_class[:1], "es")
    ana.questions[1].carried_forward = True
    assert "no te quita puntos dos veces" in well_made(student_page(told(softmax, ana))).said


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_can_be_put_into_a_page(softmax, text: str) -> None:
    result = result_of(softmax, message=text, case=text, hidden=text, file=text)
    result.submission = text
    outline = well_made(student_page(told(softmax, result)))
    harmless = well_made(student_page(told(softmax, result_of(softmax, message="m", case="c", hidden="h"))))
    assert outline.tags == harmless.tags
    assert [set(attributes) for _, attributes in outline.elements] == [
        set(attributes) for _, attributes in harmless.elements
    ]
    assert " ".join(clean(text).split()) in outline.said


def test_what_a_submission_prints_and_raises_is_text(softmax, grade) -> None:
    source = (
        "class Odd(float):\n    def __repr__(self): return '<script>alert(1)</script>'\n"
        "def softmax(a): raise ValueError('<img src=x onerror=alert(1)>')\n"
        "def predict(p): return '<script>alert(2)</script>'\n"
        "def softmax_jacobian(a): return Odd(1)\n"
        "raise SystemError('</main><script>alert(3)</script>')\n"
    )
    (result,) = grade(softmax, found({"<b>x.py": source.encode()}), "es")
    outline = well_made(student_page(told(softmax, result)))
    assert not {"script", "img", "b"} & set(outline.tags)
    for text in ("<img src=x onerror=alert(1)>", "<script>alert(2)</script>", "</main><script>alert(3)</script>"):
        assert text in outline.said


def test_of_hidden_cases_only_the_kind_is_told(softmax) -> None:
    canary = "Prueba oculta: softmax([424242.0]) devolvió 1; se esperaba 0.737373"
    result = result_of(softmax, hidden=canary)
    for question in result.questions:
        question.cases[1].name = "canary_of_a_name"
    page = student_page(told(softmax, result))
    for hidden in ("424242", "737373", "canary"):
        assert hidden not in page
    assert "Tu código no hace lo que pide el enunciado." in page


def test_the_kind_of_a_hidden_case_is_told_in_any_language_whatever_its_message(softmax) -> None:
    result = result_of(softmax, hidden="a sentence that nobody knows")
    for question in result.questions:
        question.cases[1].kind = "shape"
    assert "la forma de lo que da tu código no es la esperada" in student_page(told(softmax, result)).lower()
    page = student_page(told(softmax, result, language="en"))
    assert "does not have the expected shape" in page


def test_which_hidden_cases_fail_is_told_in_words_of_the_handout(softmax, grade) -> None:
    code = "import numpy as np\ndef softmax(a):\n    e = np.exp(a)\n    return e / e.sum(-1, keepdims=True)\n"
    (result,) = grade(softmax, found({"ana.py": code.encode()}), "es")
    page = student_page(told(softmax, result))
    assert "2 de las ocultas (números muy grandes; filas muy alejadas unas de otras): " in page
    handout = " ".join(softmax.handout("es").read_text(encoding="utf-8").split())
    assert "números muy grandes" in handout


def test_arguments_left_alone_are_named_only_of_a_function_that_changes_them(softmax, grade) -> None:
    begin = "import numpy as np\ndef predict(a):\n    a = np.asarray(a)\n    p = a.argmax(axis=-1)\n"
    answers = {
        "changes a single sample": "    if a.ndim == 1 and a.dtype == float:\n        a *= 2\n    return p\n",
        "wrong of three rows": "    return p + (len(a) == 3)\n",
    }
    shown = {}
    for name, end in answers.items():
        (one,) = grade(softmax, found({"x.py": (begin + end).encode()}), "es")
        shown[name] = " ".join(hidden.which for hidden in told(softmax, one).questions[2].hidden)
    assert shown["changes a single sample"] == "1 de las ocultas (lo que recibes debe quedar como estaba)"
    assert "tantas muestras como clases" in shown["wrong of three rows"]
    assert "debe quedar como estaba" not in shown["wrong of three rows"]


def test_kinds_of_hidden_cases_are_stored(softmax, small_class, grade) -> None:
    for language in ("es", "en"):
        for result in grade(softmax, small_class[1:5], language):
            for question in result.questions:
                for case in question.cases:
                    if case.passed:
                        assert case.kind == ""
                    else:
                        assert case.kind in ("value", "warned", "nothing", "shape", "property")
                    if case.hidden and not case.passed:
                        say = program_texts(language)
                        assert case.looks_at
                        sentence = say(f"hidden_{case.kind}")
                        assert case.message == say("hidden_case_looks_at", sentence=sentence, looks_at=case.looks_at)


def test_long_messages_are_cut(softmax) -> None:
    page = student_page(told(softmax, result_of(softmax, case="9" * 100_000)))
    assert len(page) < 30_000


def test_every_diagnosis_says_what_is_the_matter_and_what_to_teach_in_both_languages(course: Course) -> None:
    for stage in course.stages:
        for language in ("es", "en"):
            diagnoses = diagnoses_of(stage, language)
            mistakes = {(mistake.question, mistake.id) for mistake in Solutions(stage).mistakes}
            general = {(question.name, kind) for question in stage.questions for kind in GENERAL}
            assert set(diagnoses) == mistakes | general
            for (_, name), diagnosis in diagnoses.items():
                assert diagnosis.id == name
                assert diagnosis.explanation
                assert bool(diagnosis.teach_again) != (name in UNANSWERED)
                assert diagnosis.next_step or name not in UNANSWERED


def test_a_mistake_of_the_catalogue_says_what_the_catalogue_says(softmax: Stage) -> None:
    mistake = next(one for one in Solutions(softmax).mistakes if one.id == "normalizes_whole_batch")
    for language in ("es", "en"):
        diagnosis = diagnoses_of(softmax, language)["softmax", "normalizes_whole_batch"]
        assert (diagnosis.explanation, diagnosis.is_general) == (mistake.explanation[language], False)


def test_hints_are_named_only_where_the_handout_has_some(small_course: Path) -> None:
    for handout in (small_course / "assignments/03_softmax").glob("handout.*.md"):
        text = re.sub(r"<details>.*?</details>", "", handout.read_text(encoding="utf-8"), flags=re.DOTALL)
        handout.write_text(text, encoding="utf-8")
    (without,) = load_course(small_course).stages
    steps = told(without, result_of(without)).questions[0].next_steps
    assert steps
    assert not any("pistas" in step for step in steps)


@pytest.mark.parametrize(("points", "text"), [(1, "0 de 1 punto"), (2, "0 de 2 puntos"), (0.5, "0 de 0.5 puntos")])
def test_one_point_is_one_point(points: float, text: str) -> None:
    assert score_text(0, points, "es") == text
