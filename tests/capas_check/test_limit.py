"""Code that does not end is stopped by a thread beside it, and nothing else is: no signal is needed for that."""

import contextlib
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from made_stage import make_stage
from test_start import CHECK, hand_out, run

import capas_check.grader
from capas_check import Call, limit, start
from capas_check.grader import Grader
from capas_check.limit import TookTooLong, run_limited

SHORT = 0.3


def spin(_: Any) -> None:
    while True:
        pass


def spin_and_catch_exceptions(_: Any) -> None:
    while True:
        with contextlib.suppress(Exception):
            time.sleep(0.001)


def spin_and_catch_everything_once(_: Any) -> None:
    try:
        spin(_)
    except BaseException:
        spin(_)


def spin_outside_of_what_is_caught(_: Any) -> None:
    while True:
        with contextlib.suppress(BaseException):
            pass


ENDLESS = [spin, spin_and_catch_exceptions, spin_and_catch_everything_once, spin_outside_of_what_is_caught]


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capas_check.grader, "CASE_SECONDS", SHORT)


@pytest.fixture
def no_signals(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("setitimer", "alarm", "signal"):
        monkeypatch.delattr(signal, name, raising=False)


@pytest.mark.parametrize("endless", ENDLESS)
@pytest.mark.usefixtures("no_signals")
def test_what_does_not_end_is_ended(endless: Any) -> None:
    with pytest.raises(TookTooLong):
        run_limited(SHORT, lambda: endless(1))


def test_what_ends_gives_its_value_and_leaves_no_thread() -> None:
    before = threading.active_count()
    for number in range(50):
        assert run_limited(60.0, lambda number=number: number) == number
    end = time.monotonic() + 30
    while threading.active_count() > before and time.monotonic() < end:
        time.sleep(0.01)
    assert threading.active_count() == before


def test_an_error_is_raised_as_it_is() -> None:
    with pytest.raises(ZeroDivisionError):
        run_limited(60.0, lambda: 1 / 0)


def test_nothing_is_interrupted_once_the_action_has_ended() -> None:
    """The end of the action and the end of its time come together many times; no interruption is left over."""
    for number in range(60):
        with contextlib.suppress(TookTooLong):
            run_limited(0.001 + number * 1e-5, lambda: time.sleep(0.001))
        for _ in range(1000):
            pass
    time.sleep(2 * limit.REPEAT_SECONDS)


def test_it_works_in_a_thread_of_its_own() -> None:
    ended: list[str] = []

    def work() -> None:
        try:
            run_limited(SHORT, lambda: spin(1))
        except TookTooLong:
            ended.append("too long")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(60)
    assert ended == ["too long"]


@pytest.mark.usefixtures("short", "no_signals")
@pytest.mark.parametrize(("language", "words"), [("es", "no terminó a tiempo"), ("en", "did not finish in time")])
def test_a_check_of_a_function_without_end_is_one_sentence(language: str, words: str) -> None:
    calls: list[Any] = []

    def double(x: Any) -> None:
        calls.append(x)
        spin(x)

    report = Grader(make_stage(language=language), {"double": double}).check("double")
    assert report is not None
    assert [run.passed for run in report.runs] == [False, False]
    assert [line.count(words) for line in report.lines] == [1, 1, 0, 0]
    assert "double(2)" in report.lines[0]
    assert len(calls) == 1  # it is not called again
    assert [call.error_kind for run in report.runs for call in run.calls] == ["timeout", "timeout"]


@pytest.mark.usefixtures("short")
def test_a_function_without_end_that_a_case_calls_by_itself() -> None:
    report = Grader(make_stage(language="en"), {"half": spin}).check("half")
    assert report is not None
    assert report.lines[0] == "✘ Case 1: Your function did not finish in time: is there a loop that never ends?"


@pytest.mark.usefixtures("short")
def test_only_a_case_that_does_not_end_spoils_the_next() -> None:
    report = Grader(make_stage(), {"double": lambda x: 2 * x if isinstance(x, float) else spin(x)}).check("double")
    assert report is not None
    assert [run.passed for run in report.runs] == [True, False]


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize(("language", "words"), [("es", "no terminó a tiempo"), ("en", "did not finish in time")])
def test_a_drawing_of_a_function_without_end_says_so(language: str, words: str) -> None:
    line = {"function": "double", "kind": "curve", "title": "Double", "argument": "a", "right": [0.0] * 121}
    drawn = Grader(make_stage(language=language, drawings={"double": line}), {"double": spin}).draw("double")
    assert drawn is not None
    assert words in drawn.lines[0]


def test_a_call_that_nobody_limits_has_no_limit() -> None:
    assert Call(lambda: 1, (), {}).result == 1


@pytest.mark.parametrize(("language", "words"), [("es", "reinicia el cuaderno"), ("en", "restart the notebook")])
def test_where_there_are_no_threads_it_says_that_there_is_no_limit(
    language: str, words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_self: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    for module in (limit, sys.modules["capas_check.start"]):
        monkeypatch.setattr(module, "CAN_LIMIT", False)
    monkeypatch.setattr(threading.Thread, "start", refuse)
    namespace: dict[str, Any] = {"half": lambda x: x / 2}
    start(make_stage(language=language), namespace)
    assert words in capsys.readouterr().out
    assert namespace["grader"].check("half").good


@pytest.mark.parametrize(("language", "said"), [("es", "functions.py, línea 4: "), ("en", "functions.py, line 4: ")])
def test_a_file_that_does_not_end_says_at_which_line(tmp_path: Path, language: str, said: str) -> None:
    check = f"from capas_check import script\nscript.LOAD_SECONDS = {SHORT}\n"
    hand_out(tmp_path, "x = 1\n\nwhile True:\n    x += 1\n", f"{check}{CHECK}", language=language)
    done = run(tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith((said, said.replace("4", "3")))
    assert done.stderr.count("\n") == 1


def test_check_py_of_a_function_that_does_not_end(tmp_path: Path) -> None:
    check = f"import capas_check.grader\ncapas_check.grader.CASE_SECONDS = {SHORT}\n"
    hand_out(tmp_path, "def half(x):\n    while True:\n        pass\n", f"{check}{CHECK}")
    done = run(tmp_path, "half")
    assert (done.returncode, done.stderr) == (0, "")
    assert "no terminó a tiempo" in done.stdout
