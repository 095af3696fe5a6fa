"""How the checks begin, as students begin them: `python check.py`, and a notebook's first cell."""

import codecs
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from made_stage import make_stage

import capas_check
from capas_check import script, start
from capas_check.notebook import receipt

RIGHT = "def double(x):\n    return 2 * x\n\n\ndef half(x):\n    return x / 2\n"
WRONG = "def double(x):\n    return x\n\n\ndef half(x):\n    return x / 2\n"
CHECK = "from capas_check.script import main\n\nmain()\n"
NO_NUMPY = 'raise ModuleNotFoundError("No module named \'numpy\'", name="numpy")\n'


def hand_out(folder: Path, source: "str | None", check: str = CHECK, **changes: Any) -> None:
    """Write what a student gets into ``folder``: the package with its stage, `check.py` and the `.py`."""
    shutil.copytree(
        Path(capas_check.__file__).parent, folder / "capas_check", ignore=shutil.ignore_patterns("__pycache__")
    )
    (folder / "capas_check/stage.json").write_text(json.dumps(make_stage(**changes)), encoding="utf-8")
    (folder / "check.py").write_text(check, encoding="utf-8")
    if source is not None:
        (folder / "functions.py").write_text(source, encoding="utf-8")


def run(folder: Path, *arguments: str, encoding: str = "utf-8", path: str = "") -> "subprocess.CompletedProcess[str]":
    """Run `python check.py` in ``folder``, with the folder ``path`` before what Python finds by itself."""
    return subprocess.run(
        [sys.executable, "check.py", *arguments],
        cwd=folder,
        capture_output=True,
        encoding=encoding,
        env=os.environ | {"PYTHONIOENCODING": encoding, "PYTHONPATH": path},
        timeout=120,
    )


def test_a_right_file(tmp_path: Path) -> None:
    hand_out(tmp_path, RIGHT)
    done = run(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "double",
        "  ✔ Prueba 1: pasa",
        "  ✔ Prueba 2: pasa",
        "  Pruebas públicas: pasan todas (2).",
        "  Esta no es todavía la nota. Puntos que deciden las pruebas ocultas: 3 de 5.",
        "",
        "half",
        "  ✔ Prueba 1: pasa",
        "  Pruebas públicas: pasan todas (1).",
        "  Esta no es todavía la nota. Puntos que deciden las pruebas ocultas: 0.5 de 1.5.",
        "",
        "Resumen de las pruebas públicas",
        "  ✔ double: Pruebas públicas: pasan todas (2).",
        "  ✔ half: Pruebas públicas: pasan todas (1).",
        "  Puntos de las pruebas públicas: 3 de 3. Las pruebas ocultas deciden los otros: 3.5.",
        "  Listo para entregar: functions.py. Ejecutado desde cero, pasan todas las pruebas públicas.",
        f"  Recibo: {receipt([RIGHT])}. Quien califica ve el mismo si le llega este mismo código.",
    ]


def test_a_wrong_function_and_one_question_alone(tmp_path: Path) -> None:
    hand_out(tmp_path, WRONG, language="en")
    done = run(tmp_path, "double")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "double",
        "  ✘ Case 1: double(2) returned 2; expected 4.",
        "  ✘ Case 2: double([1., 2.]) returned [1., 2.]; expected [2., 4.].",
        "  Public cases that pass: 0 of 2.",
        "  This is not the grade yet. Points that hidden cases decide: 3 of 5.",
        "",
    ]


def test_a_question_that_there_is_not(tmp_path: Path) -> None:
    hand_out(tmp_path, RIGHT)
    done = run(tmp_path, "triple")
    assert done.stdout == "No hay ninguna pregunta llamada triple. Las preguntas son: double, half.\n"
    assert done.stderr == ""


def test_exit_in_a_function(tmp_path: Path) -> None:
    hand_out(tmp_path, "def double(x):\n    exit()\n")
    done = run(tmp_path, "double")
    assert done.stdout.count("pidió cerrar el programa") == 2
    assert "0 de 2" in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize(("language", "said"), [("es", "functions.py, línea 5: "), ("en", "functions.py, line 5: ")])
def test_exit_at_the_top(tmp_path: Path, language: str, said: str) -> None:
    hand_out(tmp_path, "x = 1\n\n\n\nexit()\n", language=language)
    done = run(tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(said)
    assert done.stderr.count("\n") == 1


def test_exit_in_a_function_that_the_top_calls_is_told_where_it_stands(tmp_path: Path) -> None:
    hand_out(tmp_path, "import sys\n\n\ndef stop():\n    sys.exit()\n\n\nstop()\n")
    assert run(tmp_path).stderr.startswith("functions.py, línea 5: ")


def test_a_file_with_an_error_of_syntax(tmp_path: Path) -> None:
    hand_out(tmp_path, "x = 1\ndef double(x)\n    return x\n")
    done = run(tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith('functions.py no se puede ejecutar:\n  File "functions.py", line 2\n')
    assert "SyntaxError: expected ':'" in done.stderr
    assert "start.py" not in done.stderr


def test_a_file_that_fails_is_told_with_its_own_lines(tmp_path: Path) -> None:
    hand_out(tmp_path, "import numpy as np\n\nx = np.linalg.inv(np.zeros((2, 2)))\n", language="en")
    done = run(tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("functions.py cannot be run:\n")
    assert 'File "functions.py", line 3, in <module>\n    x = np.linalg.inv(np.zeros((2, 2)))\n' in done.stderr
    assert "LinAlgError: Singular matrix" in done.stderr
    assert "start.py" not in done.stderr


@pytest.mark.parametrize(
    ("language", "said"),
    [("es", "No encuentro functions.py junto a check.py.\n"), ("en", "There is no functions.py beside check.py.\n")],
)
def test_no_file(tmp_path: Path, language: str, said: str) -> None:
    hand_out(tmp_path, None, language=language)
    done = run(tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", said)


def test_the_file_is_looked_for_beside_check_py(tmp_path: Path) -> None:
    hand_out(tmp_path / "stage", RIGHT)
    done = subprocess.run(
        [sys.executable, "stage/check.py", "half"], cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=120
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(("language", "words"), [("es", "Falta NumPy"), ("en", "NumPy is missing")])
def test_without_numpy_it_says_what_to_install(tmp_path: Path, language: str, words: str) -> None:
    hand_out(tmp_path, RIGHT, language=language)
    (tmp_path / "without/numpy").mkdir(parents=True)
    (tmp_path / "without/numpy/__init__.py").write_text(NO_NUMPY, encoding="utf-8")
    done = run(tmp_path, path=str(tmp_path / "without"))
    assert (done.returncode, done.stdout) == (1, "")
    assert words in done.stderr
    assert done.stderr.endswith(": pip install numpy\n")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(("language", "words"), [("es", "Falta NumPy"), ("en", "NumPy is missing")])
def test_a_notebook_without_numpy_says_how_to_install_it(tmp_path: Path, language: str, words: str) -> None:
    stage = make_stage(language=language)
    hand_out(
        tmp_path, None, f"from capas_check import start\n\nstart({stage!r}, globals())\nprint('grader' in globals())\n"
    )
    (tmp_path / "numpy.py").write_text(NO_NUMPY, encoding="utf-8")
    done = run(tmp_path)
    told, has_grader = done.stdout.splitlines()
    assert (done.returncode, done.stderr, has_grader) == (0, "", "False")
    assert words in told
    assert "%pip install numpy" in told


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp437"])
@pytest.mark.parametrize("language", ["es", "en"])
def test_an_output_that_cannot_show_everything(tmp_path: Path, encoding: str, language: str) -> None:
    hand_out(tmp_path, WRONG, language=language)
    done = run(tmp_path, encoding=encoding)
    assert (done.returncode, done.stderr) == (0, "")
    marks = [line[2] for line in done.stdout.splitlines() if line.startswith("  ") and line[3] == " "]
    assert [mark.encode(encoding) for mark in marks] == [b"x", b"x", b"+", b"x", b"+"]


def test_an_error_that_cannot_be_shown_is_told_all_the_same(tmp_path: Path) -> None:
    hand_out(tmp_path, "raise ValueError('−1 → ½ 你')\n")
    done = run(tmp_path, encoding="ascii")
    assert done.returncode == 1
    assert done.stderr.endswith("ValueError: -1 > 1/2 ?\n")


def test_streams_as_of_idle_are_left_as_they_are(tmp_path: Path) -> None:
    """IDLE's streams are no files, and show everything."""
    streams = "import io, sys\n\nown, sys.stdout = sys.stdout, io.StringIO()\n"
    hand_out(tmp_path, RIGHT, f"{streams}{CHECK}own.write(sys.stdout.getvalue())\n")
    done = run(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "  ✔ double: Pruebas públicas: pasan todas (2).\n" in done.stdout


@pytest.mark.parametrize(
    ("character", "shown"),
    [*zip("✔✘ñé·−–—→×½你\udcff", ["+", "x", "n", "e", "-", "-", "-", "-", ">", "x", "1/2", "?", "?"], strict=True)],
)
def test_characters_and_what_stands_for_them(character: str, shown: str) -> None:
    readable = script._readable
    codecs.register_error("capas.test", readable)
    assert f"a{character}b".encode("ascii", "capas.test").decode() == f"a{shown}b"


@pytest.mark.parametrize(("language", "ready"), [("es", "Todo listo"), ("en", "All set")])
def test_a_notebook_starts_with_its_grader(language: str, ready: str, capsys: pytest.CaptureFixture[str]) -> None:
    namespace: dict[str, Any] = {"half": lambda x: x / 2}
    start(make_stage(language=language), namespace)
    assert capsys.readouterr().out.startswith(ready)
    assert namespace["grader"].check("half").good
