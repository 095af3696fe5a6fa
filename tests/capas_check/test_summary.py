"""The notebook's last cell: the saved notebook from zero, and whether it can be handed in as it is."""

import sys
import types
from pathlib import Path
from typing import Any

import pytest
from made_notebook import MadeNotebook

from capas_check.notebook import receipt
from capas_check.summary import is_begun

DOUBLE, HALF = "def double(x):\n    return 2 * x\n", "def half(x):\n    return x / 2\n"
STUBS = ('def double(x):\n    """Twice x."""\n    ...\n', "def half(x):\n    ...\n")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("JPY_SESSION_NAME",):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def notebook(folder: Path, name: str = "functions.ipynb", **changes: Any) -> MadeNotebook:
    return MadeNotebook(folder / name, **{"file": "functions.ipynb", **changes})


@pytest.mark.parametrize(
    ("language", "ready", "sign"),
    [
        ("es", "Listo para entregar: mine (1).ipynb.", "Recibo: "),
        ("en", "Ready to hand in: mine (1).ipynb.", "Receipt: "),
    ],
)
def test_a_saved_notebook_that_is_right_is_ready_under_its_own_name(
    folder: Path, language: str, ready: str, sign: str
) -> None:
    made = notebook(folder, "mine (1).ipynb", language=language).write(DOUBLE, HALF).save()
    shown = made.summary()
    assert shown.good
    assert shown.lines[-2].startswith(ready)
    assert shown.lines[-1].startswith(f"{sign}{receipt([DOUBLE, HALF])}.")


def test_an_untouched_notebook_is_not_begun(folder: Path) -> None:
    shown = notebook(folder).write(*STUBS).save().summary()
    assert not shown.good
    assert list(shown.lines[:3]) == [
        "✘ double: sin empezar.",
        "✘ half: sin empezar.",
        "Puntos de las pruebas públicas: 0 de 3. Las pruebas ocultas deciden los otros: 3.5.",
    ]
    assert "todavía no está listo" in shown.lines[3]


def test_what_ran_and_is_not_saved_is_told_and_nothing_is_ready(folder: Path) -> None:
    made = notebook(folder).write(*STUBS).save(age=500)
    shown = made.run(DOUBLE).run(HALF).summary()
    assert not shown.good
    assert "guárdalo y vuelve a ejecutar esta celda" in shown.lines[-2]
    assert shown.lines[0] == "✔ double: Pruebas públicas: pasan todas (2)."  # as it is here
    made.cells[:] = [DOUBLE, HALF]
    assert made.save().summary().good


def test_what_needs_a_cell_that_is_gone_works_here_only(folder: Path) -> None:
    made = notebook(folder, language="en").run("def helper(x):\n    return 2 * x\n")
    made.write("def double(x):\n    return helper(x)\n", HALF).save()
    assert made.check("double")[2] == "Public cases: all pass (2)."
    shown = made.summary()
    assert not shown.good
    assert shown.lines[0] == "✘ double: Public cases that pass: 0 of 2."
    assert shown.lines[1].startswith("double: it passes here, but not when the saved notebook is run from zero")
    assert "NameError: name 'helper' is not defined" in shown.lines[1]


def test_what_the_course_gives_is_there_though_its_cell_is_gone(folder: Path) -> None:
    made = notebook(folder).run("import numpy as np")
    assert made.write("def double(x):\n    return np.add(x, x)\n", HALF).save().summary().good


def test_a_cell_that_fails_costs_itself_and_is_told(folder: Path) -> None:
    made = notebook(folder, language="en").write("print(1 / 0)\n" + DOUBLE, "# a try\ndef broken(:\n    pass\n", HALF)
    shown = made.save().summary()
    assert shown.good
    assert "The cell that begins with “print(1 / 0)”: ZeroDivisionError: division by zero" in shown.lines
    assert any(line.startswith("The cell that begins with “def broken(:”: SyntaxError:") for line in shown.lines)


def test_cells_that_end_the_process_cost_themselves(folder: Path) -> None:
    made = notebook(folder, language="en").write(DOUBLE, HALF)
    made.cells += [
        "import os\nos._exit(3)",
        "raise SystemExit",
        "input()",
        "%pip install numpy",
        'grader.check("half")',
    ]
    shown = made.save().summary()
    assert shown.good
    told = [line for line in shown.lines if line.startswith("The cell that begins")]
    assert [line.partition("”: ")[2] for line in told] == [
        "it shut the program down, or could not be stopped.",
        "it closes the program, with exit(), quit() or sys.exit(). Remove it.",
        "EOFError: EOF when reading a line",
    ]


def test_a_cell_that_does_not_end_costs_itself(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("capas_check.summary.LOAD_SECONDS", 1.0)
    made = notebook(folder).write(DOUBLE)
    made.cells += ["while True:\n    pass\n" + HALF]
    made.run(HALF)
    shown = made.save().summary()
    assert shown.good
    assert "La celda que empieza con «while True:»: no terminó a tiempo. ¿Hay un bucle que no acaba?" in shown.lines


def test_a_function_that_ends_the_process_costs_its_question(folder: Path) -> None:
    made = notebook(folder, language="en").write(DOUBLE, HALF)
    made.cells[0] = "import os\ndef double(x):\n    os._exit(1)\n"
    shown = made.save().summary()
    assert shown.lines[0] == "✘ double: Public cases that pass: 0 of 2."
    assert shown.lines[2] == "✔ half: Public cases: all pass (1)."


def test_after_a_restart_the_saved_notebook_is_told_all_the_same(folder: Path) -> None:
    notebook(folder).write(DOUBLE, HALF).save()
    assert notebook(folder).summary().good  # nothing ran in this one


def test_of_several_notebooks_it_is_the_one_whose_cells_ran(folder: Path) -> None:
    notebook(folder, "solved.ipynb").write(DOUBLE, HALF).save(age=100)
    other = notebook(folder, "other.ipynb").write(DOUBLE.replace("2 * x", "x + x"), HALF).save(age=200)
    (folder / "no.ipynb").write_text("[1, 2", encoding="utf-8")
    (folder / "of_another_stage.ipynb").write_text('{"cells": []}', encoding="utf-8")
    assert "other.ipynb" in other.summary().lines[-2]


@pytest.mark.parametrize("where", ["JPY_SESSION_NAME", "__vsc_ipynb_file__"])
def test_what_the_program_around_says_goes_first(folder: Path, where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "work").mkdir()
    made = notebook(folder, "work/mine.ipynb")
    notebook(folder, "copy.ipynb").write(DOUBLE, HALF).save()
    if where == "JPY_SESSION_NAME":
        monkeypatch.setenv(where, str(made.path))
    else:
        made.names[where] = str(made.path)
    assert "mine.ipynb" in made.write(DOUBLE, HALF).save().summary().lines[-2]
    made.path.rename(folder / "renamed.ipynb")
    (folder / "copy.ipynb").unlink()
    assert "renamed.ipynb" in made.summary().lines[-2]


class Colab(types.ModuleType):
    """`google.colab._message`, which gives the notebook as it is in the browser."""

    def __init__(self, notebook: Any):
        super().__init__("google.colab")
        self._message = self
        self._notebook = notebook

    def blocking_request(self, kind: str, timeout_sec: float) -> Any:
        assert kind == "get_ipynb"
        if self._notebook is None:
            raise TimeoutError
        return {"ipynb": self._notebook}


def test_on_colab_the_notebook_is_asked_for(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cells = [{"cell_type": "code", "source": [DOUBLE]}, {"cell_type": "code", "source": HALF}]
    module = Colab({"cells": cells, "metadata": {"colab": {"name": "Copia de functions.ipynb"}}})
    monkeypatch.setitem(sys.modules, "google", types.ModuleType("google"))
    monkeypatch.setitem(sys.modules, "google.colab", module)
    shown = notebook(folder).run(DOUBLE).run(HALF).summary()
    assert shown.good
    assert "Copia de functions.ipynb" in shown.lines[-2]


def test_on_colab_that_does_not_answer_the_file_is_said_not_to_be_found(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "google", types.ModuleType("google"))
    monkeypatch.setitem(sys.modules, "google.colab", Colab(None))
    shown = notebook(folder).run(DOUBLE).run(HALF).summary()
    assert not shown.good
    assert "No encuentro el archivo de este cuaderno" in shown.lines[-2]


def test_where_there_are_no_processes_it_is_run_here(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_arguments: Any, **_keywords: Any) -> None:
        raise OSError("emscripten does not support processes.")

    monkeypatch.setattr("subprocess.run", refuse)
    made = notebook(folder).write("print('loud')", "x = 1", DOUBLE.replace("2 * x", "x + x + gone - gone"), HALF)
    made.names["gone"] = 1
    capsys.readouterr()
    shown = made.save().summary()
    assert "NameError: name 'gone' is not defined" in shown.lines[1]
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("language", "words"),
    [("es", "terminó con un error la última vez que la ejecutaste"), ("en", "ended with an error when you last ran")],
)
def test_a_check_says_that_the_cell_failed_since_it_last_gave_the_function(
    folder: Path, language: str, words: str
) -> None:
    made = notebook(folder, language=language).run(DOUBLE)
    assert words not in made.check("double")[-1]
    made.run("def double(x)\n    return x\n")
    assert words in made.check("double")[-1]
    made.run(DOUBLE + "print(1 / 0)")  # this one fails below
    assert words not in made.check("double")[-1]


@pytest.mark.parametrize(
    ("language", "words"), [("es", "Después de ejecutar la celda de double"), ("en", "You changed the cell of double")]
)
def test_a_check_says_that_the_cell_was_changed_and_saved_since_it_ran(folder: Path, language: str, words: str) -> None:
    made = notebook(folder, language=language).write(DOUBLE, HALF).save()
    assert words not in made.check("double")[-1]
    made.cells[0] = DOUBLE + "\n# something new\n"
    made.save(age=2000)  # before it ran: it is the file that is old
    assert words not in made.check("double")[-1]
    made.save()
    assert words in made.check("double")[-1]
    assert words not in made.check("half")[-1]


def test_spaces_at_the_ends_of_lines_change_nothing(folder: Path) -> None:
    made = notebook(folder).write(DOUBLE, HALF)
    made.cells[0] = DOUBLE.replace(":\n", ":  \n") + "\n\n"
    assert made.save().check("double")[-1].startswith("Esta no es todavía")


def empty(_x: Any) -> None: ...


def described(_x: Any) -> None:
    """Has a text."""


@pytest.mark.parametrize(
    ("value", "begun"),
    [
        (None, False),
        (..., False),
        (empty, False),
        (described, False),
        (lambda: None, False),
        (lambda: 1, True),
        (lambda x: x, True),
        (lambda a, b: a + b, True),
        (len, True),
        (0, True),
        (int, True),
    ],
)
def test_what_is_begun(value: Any, begun: bool) -> None:
    assert is_begun(value) is begun
