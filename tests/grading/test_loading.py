"""What students are told of code that did not load: which statement, why, and in which question."""

import msgspec
import pytest

from capas.course.cut_functions import given_cells
from capas.course.model import Stage
from capas.grading.grader import Grader
from capas.grading.loading import MAX_LINE, first_line
from capas.grading.result import Result
from capas.grading.stage import stage_grader
from capas.sandbox import Zygote
from capas.submission import Code, Note, Submission

SOFTMAX = (
    "def softmax(a):\n    e = np.exp(a - np.max(a, axis=-1, keepdims=True))\n    return e / e.sum(-1, keepdims=True)\n"
)
PREDICT = "def predict(probabilities):\n    return np.argmax(probabilities, axis=-1)\n"
JACOBIAN = "def softmax_jacobian(a):\n    p = softmax(a)\n    return np.diag(p) - np.outer(p, p)\n"
TWIN = "def softmax_twin(a):\n    return np.asarray(a, dtype=float) + 1.0\n"
NO_COLON = "def {name}(a)\n    return a\n"


@pytest.fixture(scope="module")
def graders(softmax: Stage, zygote: Zygote) -> dict[str, Grader]:
    quick = msgspec.structs.replace(softmax, limits=msgspec.structs.replace(softmax.limits, cell_seconds=1.5))
    return {language: stage_grader(quick, zygote, language) for language in ("es", "en")}


def graded(grader: Grader, *cells: str, is_script: bool = False) -> Result:
    file = "mine.py" if is_script else "mine.ipynb"
    return grader.grade(Submission("mine", file, "", Code(list(cells), is_script)))


def told(result: Result, question: str) -> set[str]:
    (found,) = [each for each in result.questions if each.name == question]
    return {case.message for case in found.cases if not case.passed}


def test_what_the_course_gives_is_there_in_a_notebook_without_it(graders: dict[str, Grader]) -> None:
    assert graded(graders["es"], SOFTMAX, JACOBIAN, PREDICT, TWIN).score == 20


def test_each_question_is_told_the_error_of_its_own_cell(graders: dict[str, Grader]) -> None:
    broken = NO_COLON.format(name="softmax"), "\n\ndef predict(a):\nreturn a\n"
    result = graded(graders["es"], broken[0], JACOBIAN, broken[1], TWIN)
    assert result.score == 20 - 9
    (softmax,), (predict,) = told(result, "softmax"), told(result, "predict")
    assert softmax == (
        "`softmax` no quedó definida. La celda que empieza «def softmax(a)», línea 1: SyntaxError: expected ':'."
    )
    assert "La celda que empieza «def predict(a):», línea 3: IndentationError" in predict
    assert "definition on line 3" in predict
    assert softmax.partition(". ")[2] in result.message


def test_a_script_has_lines_and_no_cells(graders: dict[str, Grader]) -> None:
    script = "\n".join([SOFTMAX, JACOBIAN, PREDICT, NO_COLON.format(name="softmax_twin")])
    result = graded(graders["es"], script, is_script=True)
    assert result.score == 15
    line = script[: script.index("def softmax_twin")].count("\n") + 1
    assert told(result, "softmax_twin") == {
        f"`softmax_twin` no quedó definida. Línea {line}: SyntaxError: expected ':'."
    }
    missing = graded(graders["es"], SOFTMAX, is_script=True)
    assert "elda" not in " ".join([missing.message, *told(missing, "predict"), *told(result, "softmax_twin")])


@pytest.mark.parametrize(("language", "words"), [("es", "se detuvo a los 1.5 s"), ("en", "was stopped after 1.5 s")])
def test_a_cell_that_was_interrupted_is_told_with_its_time(
    graders: dict[str, Grader], language: str, words: str
) -> None:
    result = graded(graders[language], SOFTMAX, JACOBIAN, "x = 1\nwhile True:\n    pass", PREDICT, TWIN)
    assert result.score == 20
    assert words in result.message
    assert "x = 1" in result.message


def test_a_missing_library_is_told_where_its_function_is_called(graders: dict[str, Grader]) -> None:
    softmax = "import torch\n\ndef softmax(a):\n    return torch.softmax(a, -1)\n"
    messages = told(graded(graders["en"], softmax, JACOBIAN, PREDICT, TWIN), "softmax")
    assert any("line 1: ModuleNotFoundError: No module named 'torch'" in message for message in messages)


@pytest.mark.parametrize("name", ["Softmax", "soft_max", "sofmax"])
def test_a_name_that_is_nearly_right_is_named(graders: dict[str, Grader], name: str) -> None:
    (message,) = told(graded(graders["es"], SOFTMAX.replace("softmax", name), PREDICT), "softmax")
    assert f"`{name}`" in message


def test_a_name_that_became_something_else_is_told_where(graders: dict[str, Grader]) -> None:
    result = graded(graders["en"], SOFTMAX, "# try it\n\nsoftmax = softmax([1.0, 2.0])", PREDICT)
    for message in told(result, "softmax"):
        assert "the cell that begins “# try it”, line 3" in message


INDENTED = "".join(f"    {line}\n" for line in SOFTMAX.splitlines())


@pytest.mark.parametrize("outer", ["class Net:", "def main():", "if __name__ == 'mine':"])
def test_a_function_inside_something_else_is_told_where(graders: dict[str, Grader], outer: str) -> None:
    for language, words in (("es", "está dentro de"), ("en", "is inside")):
        result = graded(graders[language], PREDICT, f"# mine\n{outer}\n{INDENTED}")
        assert all(f"{words} `{outer}`" in message and "2" in message for message in told(result, "softmax"))
        assert told(result, "softmax")


def test_a_function_after_a_sign_that_nobody_sees_is_told_of_the_sign(graders: dict[str, Grader]) -> None:
    (message,) = told(graded(graders["es"], PREDICT, "\u200b" + SOFTMAX), "softmax")
    assert message.startswith("`softmax` no quedó definida.")
    assert "U+200B" in message


def test_the_same_error_is_told_once(graders: dict[str, Grader]) -> None:
    message = graded(graders["en"], "from nowhere import one, two, three", SOFTMAX).message
    assert message.count("No module named 'nowhere'") == 1


def test_code_under_a_magic_is_not_told_of_where_it_was_run_after_all(graders: dict[str, Grader]) -> None:
    notes = [Note("note_code_under_magic", {"name": "softmax", "magic": "%%writefile own.py"})]
    code = Code([f"%%writefile own.py\n{SOFTMAX}", PREDICT], notes=notes)
    for cells, is_told in ((code.cells, True), ([SOFTMAX, PREDICT], False)):
        submission = Submission("mine", "mine.ipynb", "", msgspec.structs.replace(code, cells=cells))
        assert ("%%writefile" in graders["en"].grade(submission).message) == is_told


def test_a_second_definition_that_wins_is_named(graders: dict[str, Grader]) -> None:
    result = graded(graders["es"], SOFTMAX, "# otra\n" + SOFTMAX.replace("-1", "0"), PREDICT)
    assert any("está definida 2 veces" in message and "«# otra»" in message for message in told(result, "softmax"))


def test_many_errors_are_told_in_few_words(graders: dict[str, Grader]) -> None:
    result = graded(graders["en"], *(f"undefined_{number}" for number in range(40)))
    assert "Errors more like these: 35" in result.message
    assert len(result.message) < 1500


def test_what_is_given_holds_no_answer(softmax: Stage) -> None:
    for question in softmax.questions:
        assert not any(f"def {question.name}(" in cell for cell in given_cells(softmax, "es"))


@pytest.mark.parametrize(
    ("cell", "line"),
    [
        ("\n\n  x = 1\ny = 2", "x = 1"),
        ("get_ipython().run_cell_magic('time', '', 'x = 1\\n')", "%%time"),
        ("get_ipython().run_cell_magic('writefile', 'own.py', 'x = 1\\n')", "%%writefile own.py"),
        ("x" * 500, "x" * (MAX_LINE - 1) + "…"),
        ("", ""),
    ],
)
def test_the_first_line_of_a_cell_is_as_its_student_sees_it(cell: str, line: str) -> None:
    assert first_line(cell) == line


@pytest.mark.parametrize(
    ("name", "language", "words"),
    [
        ("softm\u0430x", "es", "«\u0430» de otro alfabeto (U+0430)"),
        ("s\u03bfftmax", "en", "“\u03bf” from another alphabet"),
    ],
)
def test_a_letter_of_another_alphabet_is_told(graders: dict[str, Grader], name: str, language: str, words: str) -> None:
    (message,) = told(graded(graders[language], SOFTMAX.replace("softmax", name), PREDICT), "softmax")
    assert f"`{name}`" in message
    assert words in message


@pytest.mark.parametrize(("language", "words"), [("es", "no hay nadie que lo dé"), ("en", "nobody is there")])
def test_a_function_that_asks_for_input_is_told_so(graders: dict[str, Grader], language: str, words: str) -> None:
    asks = SOFTMAX.replace("    return", "    n = input('n = ')\n    return")
    result = graded(graders[language], asks, JACOBIAN, PREDICT, TWIN)
    messages = told(result, "softmax")
    assert any(words in message for message in messages)
    assert not any("EOFError" in message for message in messages)
    assert "EOFError" not in graded(graders[language], "x = input()", SOFTMAX).message


@pytest.mark.parametrize("is_script", [True, False])
@pytest.mark.parametrize(
    ("value", "type_name"), [("np = 5", "int"), ("np, x = 'a', 1", "str"), ("np = np.ones(2)", "numpy.ndarray")]
)
def test_what_numpys_name_became_is_told_and_where(
    graders: dict[str, Grader], value: str, type_name: str, is_script: bool
) -> None:
    cells = ["import numpy as np", value, SOFTMAX, JACOBIAN, PREDICT, TWIN]
    cells = ["\n".join(cells)] if is_script else cells
    messages = " ".join(told(graded(graders["en"], *cells, is_script=is_script), "softmax"))
    place = "line 2" if is_script else f"the cell that begins “{value}”, line 1"
    assert f"`np` was given another value, of type `{type_name}`, and is no longer what it was ({place})." in messages
    assert "'. `np`" in messages


def test_a_function_of_pythons_that_became_a_number_is_told(graders: dict[str, Grader]) -> None:
    summed = SOFTMAX.replace("e.sum(-1, keepdims=True)", "sum(e)")
    (first, *_) = sorted(told(graded(graders["en"], summed, "sum = 0", PREDICT), "softmax"), key=len, reverse=True)
    assert "`sum` was given another value, of type `int`" in first


def test_a_name_of_the_functions_own_is_not_told_to_have_become_something(graders: dict[str, Grader]) -> None:
    own = "def softmax(a):\n    x = 5\n    return x.exp(a)\n"
    assert "x" not in " ".join(told(graded(graders["en"], "x = 3", own), "softmax")).split("`")


@pytest.mark.parametrize("quote", ["“hi”", "‘hi’", "„hi“"])
def test_typographic_quotes_are_told(graders: dict[str, Grader], quote: str) -> None:
    broken = SOFTMAX.replace("    e =", f"    x = {quote}\n    e =")
    (message,) = told(graded(graders["es"], broken, PREDICT), "softmax")
    assert "escribe comillas rectas" in message
