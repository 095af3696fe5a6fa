"""Stop in Jupyter spoils no later check, and a function that calls `exit()` is told of it everywhere."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from IPython.core.autocall import ExitAutocall

from capas.bundle.build import Bundle
from capas.checks import call, set_language
from capas.checks.drawing import CannotDraw, values_of
from capas.checks.student import Grader

TESTS = """
from otter.test_files import test_case
from capas.checks import call

name = "double"
points = 3

@test_case()
def of_one(double):
    call(double, 1.0).returns(2.0)

@test_case()
def of_two(double):
    call(double, 2.0).returns(4.0)

@test_case()
def called_by_itself(double):
    assert double(3.0) == 6.0
"""


def grader(namespace: dict[str, Any]) -> Grader:
    return Grader({"double": TESTS}, {"double": (3, 0)}, namespace, "double.py")


def test_after_an_interrupted_check_all_cases_are_there() -> None:
    namespace: dict[str, Any] = {}
    own = grader(namespace)

    def stopped(_: float) -> float:
        raise KeyboardInterrupt  # what Stop raises in an endless loop

    namespace["double"] = stopped
    with pytest.raises(KeyboardInterrupt):
        own.check("double")
    namespace["double"] = lambda x: 2 * x if x == 1 else x
    report = own.check("double")
    assert report is not None
    assert [passed for passed, _ in report.outcomes] == [True, False, False]


def leave(_: float) -> float:
    sys.exit()


@pytest.mark.parametrize(("language", "word"), [("es", "cerrar el programa"), ("en", "close the program")])
def test_a_function_that_leaves_fails_its_cases_with_a_sentence(language: str, word: str) -> None:
    set_language(language)
    report = grader({"double": leave}).check("double")
    assert report is not None
    assert all(not passed and word in message for passed, message in report.outcomes)
    assert len(report.outcomes) == 3
    with pytest.raises(CannotDraw, match=word):
        values_of({"kind": "curve", "start": 0, "stop": 1, "function": "double", "pick": None}, leave)


@pytest.mark.parametrize("name", ["exit", "quit"])
def test_jupyter_s_own_exit_is_told_and_given_back(name: str) -> None:
    ended: list[bool] = []

    class Shell:
        def ask_exit(self) -> None:
            ended.append(True)

    exiter = ExitAutocall(Shell())
    namespace: dict[str, Any] = {name: exiter}
    exec(f"def double(x):\n    {name}()", namespace)
    report = grader(namespace).check("double")
    assert "pidió cerrar el programa" in repr(report)
    assert namespace[name] is exiter
    assert not ended


def test_leaving_is_no_error_that_a_case_may_ask_for() -> None:
    with pytest.raises(AssertionError, match="cerrar el programa"):
        call(leave, 1.0).raises(ValueError)


def check_script(tmp_path: Path, built: Bundle, source: str) -> "subprocess.CompletedProcess[str]":
    for name, data in built.student_files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    (tmp_path / "softmax.py").write_text(source, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "check.py", "softmax"], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8"
    )


def test_check_py_tells_of_exit_in_a_function(tmp_path: Path, built_softmax: Bundle) -> None:
    done = check_script(tmp_path, built_softmax, "def softmax(a):\n    exit()\n")
    assert done.stdout.count("pidió cerrar el programa") == 2
    assert "0 de 2" in done.stdout
    assert done.stderr == ""


def test_check_py_tells_of_exit_at_the_top(tmp_path: Path, built_softmax: Bundle) -> None:
    done = check_script(tmp_path, built_softmax, "x = 1\nexit()\n")
    assert done.stdout.startswith("softmax.py, línea 2:")
    assert done.returncode == 1
    assert done.stderr == ""
