"""Cases of a test file: read in order, run on the student's names; Stop and `exit()` spoil nothing."""

import sys
from typing import Any

import pytest
from IPython.core.autocall import ExitAutocall, ZMQExitAutocall
from made_stage import DOUBLE, make_stage

from capas_check import CheckFailure, call, start
from capas_check.grader import Grader, read_cases, run_case
from capas_check.statements import calls_of_case
from capas_check.texts import load_texts

THREE = (
    DOUBLE
    + """
@test_case(points=1, hidden=False)
def called_by_itself(double):
    assert double(3.0) == 6.0, "three doubled is six"
"""
)


def grader(namespace: dict[str, Any], language: str = "es") -> Grader:
    return Grader(make_stage(language=language, tests={"double": THREE}, points={"double": ["3", "0"]}), namespace)


def test_the_cases_of_a_file_are_read_in_order() -> None:
    assert [case.__name__ for case in read_cases(THREE, "double.py")] == [
        "of_a_number",
        "of_an_array",
        "called_by_itself",
    ]


def test_a_run_knows_its_case_its_calls_and_what_is_wrong() -> None:
    cases = read_cases(THREE, "double.py")
    runs = [run_case(case, {"double": lambda x: x}) for case in cases]
    passing = [run_case(case, {"double": lambda x: 2 * x}) for case in cases]
    assert [run.case for run in runs] == cases
    assert [(run.passed, run.message(load_texts("es"))) for run in passing] == [(True, "")] * 3
    assert [len(run.calls) for run in passing] == [1, 1, 0]
    assert [type(run.failure) for run in runs] == [CheckFailure, CheckFailure, AssertionError]
    assert runs[2].message(load_texts("es")) == "three doubled is six"


def test_a_case_gets_the_names_it_asks_for_and_none_for_those_that_are_missing() -> None:
    asked: list[Any] = []
    (case,) = read_cases("@test_case()\ndef asks(a, asked, b):\n    asked.append((a, b))", "asks.py")
    assert run_case(case, {"asked": asked, "b": 2}).passed
    assert asked == [(None, 2)]


def test_a_bare_assertion_is_told_by_its_type() -> None:
    (case,) = read_cases("@test_case()\ndef bare():\n    assert 1 == 2", "bare.py")
    assert run_case(case, {}).message(load_texts("es")) == "AssertionError"


def test_a_broken_test_file_is_named_where_it_breaks() -> None:
    with pytest.raises(SyntaxError) as caught:
        read_cases("x = (", "double.py")
    assert caught.value.filename == "double.py"


def test_after_an_interrupted_check_all_cases_are_there() -> None:
    namespace: dict[str, Any] = {}
    own = grader(namespace)

    def stopped(_: float) -> float:
        raise KeyboardInterrupt  # what Stop raises in an endless loop

    namespace["double"] = stopped
    with pytest.raises(KeyboardInterrupt):
        own.check("double")
    namespace["double"] = lambda x: 2 * x if isinstance(x, float) and x == 2 else x
    report = own.check("double")
    assert report is not None
    assert [run.passed for run in report.runs] == [True, False, False]


def leave(_: float) -> float:
    sys.exit()


@pytest.mark.parametrize(("language", "words"), [("es", "cerrar el programa"), ("en", "close the program")])
def test_a_function_that_leaves_fails_its_cases_with_a_sentence(language: str, words: str) -> None:
    report = grader({"double": leave}, language).check("double")
    assert report is not None
    assert [run.passed for run in report.runs] == [False] * 3
    assert all(words in run.message(load_texts(language)) for run in report.runs)


@pytest.mark.parametrize("kind", [ExitAutocall, ZMQExitAutocall])
@pytest.mark.parametrize("name", ["exit", "quit"])
def test_jupyter_s_own_exit_ends_a_case_and_not_the_notebook(name: str, kind: type[ExitAutocall]) -> None:
    ended: list[bool] = []

    class Shell:
        def ask_exit(self) -> None:
            ended.append(True)

    namespace: dict[str, Any] = {name: kind(Shell())}
    start(make_stage(), namespace)
    exec(f"def double(x):\n    {name}()", namespace)
    assert "pidió cerrar el programa" in repr(namespace["grader"].check("double"))
    assert not ended


def test_an_exit_of_the_student_s_own_is_left_alone() -> None:
    asked: list[Any] = []
    namespace: dict[str, Any] = {}
    start(make_stage(), namespace)
    namespace["exit"] = lambda x: asked.append(x) or 2 * x
    exec("def double(x):\n    return exit(x)", namespace)
    assert namespace["grader"].check("double").good
    assert len(asked) == 2


def test_calls_are_gathered_while_a_case_runs_and_at_no_other_time() -> None:
    (case,) = read_cases(
        "from capas_check import call\n@test_case()\ndef two(f):\n    call(f, 1)\n    call(f, 2)", "f.py"
    )
    call(abs, 0)
    first, second = run_case(case, {"f": abs}), run_case(case, {"f": abs})
    call(abs, 3)
    assert [[done.arguments for done in run.calls] for run in (first, second)] == [[(1,), (2,)]] * 2
    assert calls_of_case.get() is None
