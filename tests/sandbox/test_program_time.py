"""The time of a program: what is cut short, what is not called again, and what does not count."""

import time
from pathlib import Path

import pytest
from program_calls import NOTE, SHORT, StartProgram, ask

from capas.sandbox import CallTimedOut, Limits


def test_a_function_that_timed_out_is_not_called_again_while_others_are(
    start_program: StartProgram, notes: Path
) -> None:
    program = start_program(
        NOTE.format(path=str(notes)),
        "def spin():\n    note('spin')\n    while True: pass",
        "def f():\n    note('f')\n    return 5",
        limits=SHORT,
    )
    for _ in range(3):
        with pytest.raises(CallTimedOut):
            ask(program, "spin")
        assert ask(program, "f") == 5
    assert notes.read_text().split() == ["spin", "f", "f", "f"]


def test_a_function_that_timed_out_for_one_value_is_not_called_for_another(start_program: StartProgram) -> None:
    program = start_program("def f(x):\n    while x: pass\n    return 5", limits=SHORT)
    assert ask(program, "f", 0) == 5
    with pytest.raises(CallTimedOut):
        ask(program, "f", 1)
    with pytest.raises(CallTimedOut, match="used up"):
        ask(program, "f", 0)


def test_when_the_time_of_a_program_is_used_up_nothing_more_is_called(start_program: StartProgram, notes: Path) -> None:
    program = start_program(
        NOTE.format(path=str(notes)), "def f():\n    note('f')", limits=Limits(load_seconds=60, program_seconds=0)
    )
    with pytest.raises(CallTimedOut, match="used up"):
        ask(program, "f")
    assert notes.read_text() == ""


def test_both_functions_of_a_call_that_timed_out_are_not_called_again(start_program: StartProgram, notes: Path) -> None:
    program = start_program(
        NOTE.format(path=str(notes)),
        "def outer(g):\n    note('outer')\n    return g(1)",
        "def spin(x):\n    note('spin')\n    while True: pass",
        limits=SHORT,
    )
    namespace = program.namespace()
    for _ in range(2):
        with pytest.raises(CallTimedOut):
            ask(program, "outer", namespace.get("spin"))
    assert notes.read_text().split() == ["outer", "spin"]


def test_the_judge_s_own_time_between_calls_does_not_count(start_program: StartProgram) -> None:
    program = start_program(
        "def f():\n    return 5", limits=Limits(load_seconds=60, call_seconds=60, program_seconds=0.5)
    )
    used = program.waited_seconds
    time.sleep(0.6)  # an oracle that takes its time
    assert program.waited_seconds == used


def test_the_judge_s_own_time_inside_a_call_does_not_count(start_program: StartProgram) -> None:
    program = start_program(
        "def f(g):\n    return g()", limits=Limits(load_seconds=60, call_seconds=2, program_seconds=600)
    )

    def slow() -> int:
        time.sleep(2.5)
        return 5

    assert ask(program, "f", slow) == 5
    assert program.waited_seconds < 2.5


def test_a_program_may_not_keep_the_judge_busy_for_ever(start_program: StartProgram) -> None:
    limits = Limits(load_seconds=60, call_seconds=60, program_seconds=0.5)
    program = start_program("def f(g):\n    while True: g()", limits=limits)
    with pytest.raises(CallTimedOut):
        ask(program, "f", lambda: time.sleep(0.1))


def test_time_spent_loading_the_first_time_has_a_limit_of_its_own(start_program: StartProgram) -> None:
    program = start_program(
        "import time\ntime.sleep(0.6)\ndef f(): return 5", limits=Limits(load_seconds=60, program_seconds=0.5)
    )
    assert ask(program, "f") == 5
    program.forget()
    assert ask(program, "f") == 5
    with pytest.raises(CallTimedOut, match="used up"):
        ask(program, "f")
