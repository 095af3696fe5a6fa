"""A submission's code over sandboxes that may die and come back."""

import os
from pathlib import Path

import numpy as np
import pytest
from program_calls import LONG, NOTE, SHORT, StartProgram, ask

from capas.sandbox import CallCrashed, CallTimedOut, Limits, Proxy, UnsendableResult
from capas_check import CheckFailure, call
from capas_check.operations import through
from capas_check.texts import load_texts


def test_functions_are_called_with_values_and_keywords(start_program: StartProgram) -> None:
    assert ask(start_program("def f(x, *, scale):\n    return x * scale"), "f", 3, scale=2) == 6


def test_a_program_keeps_its_state_from_call_to_call(start_program: StartProgram) -> None:
    program = start_program("count = 0\ndef f():\n    global count\n    count += 1\n    return count")
    assert [ask(program, "f") for _ in range(3)] == [1, 2, 3]


def test_errors_of_cells_are_kept_and_do_not_stop_the_program(start_program: StartProgram) -> None:
    program = start_program("1 / 0", "def f():\n    return 5")
    assert program.loaded.errors == ["ZeroDivisionError: division by zero"]
    assert ask(program, "f") == 5


def test_a_crash_is_followed_by_a_fresh_sandbox(start_program: StartProgram) -> None:
    program = start_program(
        "import os\nseen = []",
        "def crash():\n    os._exit(1)",
        "def f(x):\n    seen.append(x)\n    return seen, os.getpid()",
    )
    assert ask(program, "f", 1)[0] == [1]
    before, pid = ask(program, "f", 2)
    with pytest.raises(CallCrashed):
        ask(program, "crash")
    after, other_pid = ask(program, "f", 3)
    assert (before, after) == ([1, 2], [3])
    assert pid != other_pid


def test_a_function_that_crashed_is_called_again(start_program: StartProgram, notes: Path) -> None:
    program = start_program(NOTE.format(path=str(notes)), "import os\ndef crash():\n    note('crash')\n    os._exit(1)")
    for _ in range(2):
        with pytest.raises(CallCrashed):
            ask(program, "crash")
    assert notes.read_text().split() == ["crash", "crash"]


def test_an_error_needs_no_fresh_sandbox(start_program: StartProgram) -> None:
    program = start_program(
        "import os\ndef pid():\n    return os.getpid()",
        "def bad():\n    return 1 / 0",
        "def odd():\n    return object()",
    )
    pid = ask(program, "pid")
    with pytest.raises(ZeroDivisionError):
        ask(program, "bad")
    with pytest.raises(UnsendableResult):
        ask(program, "odd")
    assert ask(program, "pid") == pid


@pytest.mark.parametrize(
    ("last", "limits", "kind"),
    [
        ("class A:\n    os._exit(0)", LONG, CallCrashed),
        (
            "import signal\nclass A:\n    signal.signal(signal.SIGALRM, signal.SIG_IGN)\n    while True: pass",
            Limits(cell_seconds=0.5, load_seconds=4),
            CallTimedOut,
        ),
    ],
)
def test_a_program_that_does_not_load_leaves_no_process(
    start_program: StartProgram, notes: Path, last: str, limits: Limits, kind: type[Exception]
) -> None:
    with pytest.raises(kind):
        start_program(
            f"import os\nwith open({str(notes)!r}, 'w') as file: file.write(str(os.getpid()))", last, limits=limits
        )
    assert not Path(f"/proc/{notes.read_text()}").exists()


def test_a_closed_program_leaves_no_process(start_program: StartProgram) -> None:
    program = start_program("import os\npid = os.getpid()")
    pid = program.get("pid")
    program.close()
    assert pid != os.getpid()
    assert not Path(f"/proc/{pid}").exists()


def test_importing_otter_does_nothing(start_program: StartProgram) -> None:
    program = start_program("import otter\ngrader = otter.Notebook('softmax.ipynb')", "x = grader.check('softmax')")
    assert program.loaded.errors == []


def test_the_namespace_holds_functions_as_proxies(start_program: StartProgram) -> None:
    namespace = start_program("x = 1\ndef double(x):\n    return 2 * x").namespace()
    double = namespace.get("double")
    assert isinstance(double, Proxy)
    assert double(np.array([1.0, 2.0])).tolist() == [2.0, 4.0]
    assert "double" in namespace
    assert namespace["double"] is double


def test_the_namespace_fetches_plain_values_once(start_program: StartProgram) -> None:
    program = start_program("import numpy as np\nW = np.eye(2)\nname = 'ñ'\nx = [1]\ndef change():\n    x.append(2)")
    namespace = program.namespace()
    assert np.array_equal(namespace.get("W"), np.eye(2))
    assert namespace.get("name") == "ñ"
    assert namespace.get("x") == [1]
    ask(program, "change")
    assert namespace.get("x") == [1]
    assert program.get("x") == [1, 2]


@pytest.mark.parametrize("name", ["gone", "print", "__builtins__", "f "])
def test_what_is_not_there_is_the_default(start_program: StartProgram, name: str) -> None:
    namespace = start_program("import numpy as np\nodd = object()").namespace()
    assert namespace.get(name) is None
    assert namespace.get(name, "default") == "default"


def test_a_value_that_may_not_travel_says_of_which_type_it_is_and_raises_when_it_is_asked_for(
    start_program: StartProgram,
) -> None:
    namespace = start_program("import math\nodd = object()\nhere = ...").namespace()
    assert (namespace.get("math").form, namespace.get("odd").form) == ("module", "object")
    with pytest.raises(UnsendableResult, match="of type module"):
        through(namespace.get("math"), "value")()
    assert namespace.get("here") is ...


def test_a_value_that_ends_or_keeps_its_process_costs_that_once(start_program: StartProgram) -> None:
    program = start_program(
        "import os, time",
        "class Ends:\n    def __array__(self, *_a, **_k):\n        os._exit(0)",
        "class Waits:\n    def __array__(self, *_a, **_k):\n        time.sleep(600)",
        "ends, waits, x = Ends(), [Waits()], 1",
        limits=SHORT,
    )
    for _ in range(2):
        assert isinstance(program.namespace().get("ends").error, CallCrashed)
        assert isinstance(program.namespace().get("waits").error, CallTimedOut)
    assert program.namespace().get("x") == 1


def test_values_are_there_again_after_a_crash(start_program: StartProgram) -> None:
    program = start_program("import os\nx = 1\ndef crash():\n    os._exit(0)")
    with pytest.raises(CallCrashed):
        ask(program, "crash")
    assert program.namespace().get("x") == 1


def test_a_name_that_a_call_removed_is_the_default_and_the_program_lives_on(start_program: StartProgram) -> None:
    program = start_program("x = 1\ndef f():\n    globals().pop('x', None)\n    return 5")
    namespace = program.namespace()
    assert ask(program, "f") == 5
    assert namespace.get("x", "default") == "default"
    assert ask(program, "f") == 5


def test_a_function_of_the_program_is_called_through_another(start_program: StartProgram) -> None:
    namespace = start_program(
        "def derivative(f, x):\n    return (f(x + 1) - f(x - 1)) / 2", "def square(x):\n    return x**2"
    ).namespace()
    call(namespace.get("derivative"), namespace.get("square"), 3.0).returns(6)


@pytest.mark.parametrize(
    ("function", "kind"),
    [("spin", "timeout"), ("crash", "crashed"), ("bad", "raised"), ("odd", "type"), ("gone", "missing")],
)
def test_a_check_names_what_became_of_a_call(start_program: StartProgram, function: str, kind: str) -> None:
    program = start_program(
        "import os",
        "def spin():\n    while True: pass",
        "def crash():\n    os._exit(0)",
        "def bad():\n    return 1 / 0",
        "def odd():\n    return object()",
        limits=SHORT,
    )
    with pytest.raises(AssertionError) as caught:
        call(program.namespace().get(function)).returns(1)
    assert getattr(caught.value, "kind", None) == kind


def test_a_check_sees_arguments_that_a_program_changed(start_program: StartProgram) -> None:
    namespace = start_program("def f(x, rows=()):\n    x[0] = 5\n    return 1").namespace()
    done = call(namespace.get("f"), np.zeros(2)).returns(1)
    with pytest.raises(CheckFailure) as failure:
        done.leaves_arguments()
    assert "valía [0., 0.] y quedó en [5., 0.]" in failure.value.sentence(load_texts("es"))


def test_a_check_sees_warnings_of_a_program(start_program: StartProgram) -> None:
    namespace = start_program("import numpy as np\ndef f(x):\n    np.exp(x)\n    return 1").namespace()
    call(namespace.get("f"), np.zeros(2)).returns(1).warns_nothing()
    with pytest.raises(CheckFailure) as failure:
        call(namespace.get("f"), np.full(2, 1e4)).returns(1).warns_nothing()
    assert "overflow" in failure.value.sentence(load_texts("es"))


def test_a_program_that_forgets_goes_on_in_a_fresh_sandbox(start_program: StartProgram) -> None:
    program = start_program("count = 0\ndef f():\n    global count\n    count += 1\n    return count")
    assert program.fresh
    assert [ask(program, "f") for _ in range(2)] == [1, 2]
    assert not program.fresh
    program.forget()
    assert program.fresh
    assert ask(program, "f") == 1


def test_replaced_names_stay_replaced_in_every_sandbox_of_a_program(start_program: StartProgram) -> None:
    program = start_program("def one():\n    return 1\ndef two():\n    return 2 * one()")
    program.replace({"one": lambda: 10})
    assert program.call("two", (), {}) == 20
    program.forget()
    assert program.call("two", (), {}) == 20
