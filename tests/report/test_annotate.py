"""The submitted file with feedback in it: still the student's, and nothing of ours runs in it."""

import ast
import io
import json
import zipfile

import mistune
import nbformat
import pytest
from made import HOSTILE, found, result_of, seen, told, with_mistakes
from markdown_it import MarkdownIt

from capas.report.annotate import annotate_notebook, annotate_script, annotated
from capas.submission import Contents, Submission, SubmissionFile, Unreadable, read_submission
from capas.submission.answer import read_cells


def handed_in(name: str, data: bytes) -> Submission:
    return read_submission(SubmissionFile("x", name, Contents(data)), with_answer=True)


def feedback_cells(data: bytes) -> list[str]:
    cells = json.loads(data)["cells"]
    return [cell["source"] for cell in cells if cell["metadata"].get("capas", {}).get("role") == "feedback"]


def rendered(markdown: str) -> list[str]:
    """Return Markdown as VS Code's parser and nbconvert's make HTML of it."""
    return [MarkdownIt("commonmark").enable("table").render(markdown), str(mistune.html(markdown))]


@pytest.fixture(scope="module")
def notebook(built_softmax) -> bytes:
    return built_softmax.student_files["softmax.ipynb"]


def test_a_notebook_gets_a_cell_on_top_and_one_after_each_function(softmax, notebook, small_class, grade) -> None:
    (result,) = grade(softmax, [one for one in small_class if one.id == "bruno"], "es")
    made = annotate_notebook(told(softmax, result), notebook.decode())
    nbformat.validate(nbformat.reads(made.decode(), as_version=4))
    cells = json.loads(made)["cells"]
    roles = [(cell["metadata"].get("capas", {}).get("role"), cell["metadata"].get("capas", {})) for cell in cells]
    assert roles[0][0] == "feedback"
    stubs = [index for index, (role, _) in enumerate(roles) if role == "stub"]
    assert [roles[index + 1][0] for index in stubs] == ["feedback"] * 4
    top, softmax_cell, *_ = feedback_cells(made)
    assert "**13&#46;5 de 20 puntos**" in top or "de 20 puntos" in top
    assert "Divides entre la suma de todo el lote" in softmax_cell
    # What the student wrote is as it was, and grades the same.
    others = [cell for cell, (role, _) in zip(cells, roles, strict=True) if role != "feedback"]
    assert others == json.loads(notebook)["cells"]
    assert read_cells("x.ipynb", made) == read_cells("x.ipynb", notebook)
    # Feedback on feedback is not kept.
    assert annotate_notebook(told(softmax, result), made.decode()) == made


def test_a_function_in_another_cell_is_found_and_a_lost_one_told_on_top(softmax) -> None:
    cells = [
        {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "execution_count": None}
        for source in (["import numpy\n", "def softmax(a):\n", "    return a"], "predict = lambda p: 0")
    ]
    data = json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 4, "metadata": {}}).encode()
    made = json.loads(annotate_notebook(told(softmax, result_of(softmax)), data.decode()))
    nbformat.validate(nbformat.reads(json.dumps(made), as_version=4))
    assert [cell["cell_type"] for cell in made["cells"]] == ["markdown", "code", "markdown", "code", "markdown"]
    assert "No encuentro esta respuesta" in made["cells"][0]["source"]
    assert "La derivada de softmax" in made["cells"][0]["source"]


def test_pictures_are_png_in_notebooks(activations, zygote, grade) -> None:
    one = found({"diana.py": with_mistakes(activations, "rises_twice_as_fast")})
    (result,) = grade(activations, one, "es")
    pictures = seen(activations, result, read_submission(one[0]).cells, zygote)
    data = json.dumps({"cells": [], "nbformat": 4, "nbformat_minor": 4, "metadata": {}}).encode()
    (top,) = feedback_cells(annotate_notebook(told(activations, result, pictures), data.decode()))
    for page in rendered(top):
        assert page.count('src="data:image/png;base64,') == 1


@pytest.mark.parametrize(
    "text", [*HOSTILE, "**b** [x](javascript:alert(1)) ![y](http://z)", "$\\href{javascript:x}{y}$ \n\n# h", "a | b"]
)
def test_nothing_can_be_put_into_a_cell(softmax, notebook, text: str) -> None:
    result = result_of(softmax, message=text, case=text, hidden=text, file=text)
    harmless = result_of(softmax, message="m", case="c", hidden="h")
    for cell, other in zip(
        feedback_cells(annotate_notebook(told(softmax, result), notebook.decode())),
        feedback_cells(annotate_notebook(told(softmax, harmless), notebook.decode())),
        strict=True,
    ):
        assert "$" not in cell
        for page, expected in zip(rendered(cell), rendered(other), strict=True):
            assert page.count("<") == expected.count("<"), page


def test_a_script_gets_comments_and_runs_as_before(softmax, small_class, grade, golden) -> None:
    (one,) = [one for one in small_class if one.id == "carla"]
    (result,) = grade(softmax, [one], "es")
    source = one.read().decode()
    made = annotate_script(told(softmax, result), source)
    assert ast.dump(ast.parse(made)) == ast.dump(ast.parse(source))
    assert made.index("#: softmax: ") < made.index("def softmax(")
    golden("carla.es.py.txt", made)


@pytest.mark.parametrize("text", [*HOSTILE, "x\nimport os\rprint(1)\x0cprint(2)\u2028print(3)\x85print(4)"])
@pytest.mark.parametrize(
    "source", ["def softmax(a):\n    return a\n", "@(\n    id\n)\ndef softmax(a): 0\n", "x = \\\n1\ndef softmax(a): 0"]
)
def test_nothing_can_be_put_into_a_script(softmax, text: str, source: str) -> None:
    made = annotate_script(told(softmax, result_of(softmax, message=text, case=text, hidden=text)), source)
    assert ast.dump(ast.parse(made)) == ast.dump(ast.parse(source))
    kept = [line for line in made.split("\n") if line and not line.startswith("#: ") and line != "#:"]
    assert kept == source.rstrip("\n").split("\n")


def test_a_script_that_is_no_python_gets_all_on_top(softmax) -> None:
    made = annotate_script(told(softmax, result_of(softmax)), "def softmax(a)\n")
    assert made.endswith("\n\ndef softmax(a)\n")
    assert made.count("#: softmax:") == 1


def test_the_work_in_a_zip_is_taken(softmax, notebook) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("entrega/softmax.ipynb", notebook)
    made = annotated(told(softmax, result_of(softmax)), handed_in("x.zip", file.getvalue()))
    assert made is not None
    assert made[0] == "ipynb"
    assert len(feedback_cells(made[1])) == 5


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.ipynb", b""),
        ("x.ipynb", b"no"),
        ("x.ipynb", b"[]"),
        ("x.ipynb", b'{"cells": 3}'),
        ("x.ipynb", b'{"cells": [3]}'),
        ("x.ipynb", b'{"worksheets": []}'),
        ("x.ipynb", b"[" * 100_000),
        ("x.py", b"a\0b"),
        ("x.zip", b"PK"),
        ("x.txt", b"a"),
    ],
)
def test_what_cannot_be_annotated_is_left(softmax, name: str, data: bytes) -> None:
    assert annotated(told(softmax, result_of(softmax)), handed_in(name, data)) is None
    with pytest.raises(Unreadable):
        read_cells(name, data)
