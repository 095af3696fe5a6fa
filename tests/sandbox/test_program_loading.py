"""Loading a program: its cells share a namespace, and one that fails costs itself."""

import pytest
from sandbox_calls import LONG, Start, call

from capas.sandbox import CallCrashed, CallTimedOut, Limits, Sandbox, Zygote


def test_a_program_is_told_in_functions_and_values(sandbox: Sandbox) -> None:
    loaded = sandbox.load(["import numpy as np\nx = 3", "def f(): pass", "class Net: pass\ng = lambda: 1"])
    assert sorted(loaded.functions) == ["Net", "f", "g"]
    assert sorted(loaded.values) == ["np", "x"]
    assert loaded.errors == []


def test_a_program_of_no_cells_defines_nothing(sandbox: Sandbox) -> None:
    loaded = sandbox.load([])
    assert (loaded.functions, loaded.values, loaded.errors) == ([], [], [])


def test_cells_share_one_namespace_which_is_main(start: Start) -> None:
    main = start("x = 1", "import __main__\nx += 1", "if __name__ == '__main__':\n    y = __main__.x")
    assert main.get("y") == 2


@pytest.mark.parametrize(
    ("cell", "error"),
    [
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("def f(:", "SyntaxError: invalid syntax"),
        ("x = '\0'", "SyntaxError: source code string cannot contain null bytes"),
        ("exit()", "SystemExit: None"),
        ("quit(3)", "SystemExit: 3"),
        ("import sys\nsys.exit('bye')", "SystemExit: bye"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt: "),
        ("raise BaseException('no')", "BaseException: no"),
        ("import no_such_module", "ModuleNotFoundError: No module named 'no_such_module'"),
        ("input('your name: ')", "EOFError: EOF when reading a line"),
        ("def f():\n    f()\nf()", "RecursionError: maximum recursion depth exceeded"),
        ("raise ValueError('half \\ud83d of it')", "ValueError: half ? of it"),
        ("class Mute(Exception):\n    def __str__(self): raise SystemExit\nraise Mute", "Mute: "),
        ("class Odd(Exception):\n    def __str__(self): return 3\nraise Odd", "Odd: "),
    ],
)
def test_a_failing_cell_does_not_stop_the_next(sandbox: Sandbox, cell: str, error: str) -> None:
    loaded = sandbox.load([cell, "def g():\n    return 5"])
    assert [report.cell for report in loaded.reports] == [0]
    assert loaded.errors[0].startswith(error)
    assert call(sandbox, "g") == 5


def test_what_a_failing_cell_defined_before_it_failed_is_there(sandbox: Sandbox) -> None:
    sandbox.load(["def f():\n    return 5\n1 / 0\ndef g():\n    return 6"])
    assert call(sandbox, "f") == 5


def test_definitions_after_a_statement_that_failed_count_and_nothing_else_does(sandbox: Sandbox) -> None:
    loaded = sandbox.load(["1 / 0\nimport math\nk = 6\nprint(undefined)\ndef g():\n    return math.floor(k)"])
    assert loaded.errors == ["ZeroDivisionError: division by zero"]
    assert call(sandbox, "g") == 6


def test_a_long_error_is_cut(sandbox: Sandbox) -> None:
    (error,) = sandbox.load(["raise ValueError('x' * 10**7)"]).errors
    assert error.startswith("ValueError: xxx")
    assert len(error) < 100_000


@pytest.mark.parametrize(
    "cell",
    [
        "get_ipython().run_line_magic('matplotlib', 'inline')",
        "get_ipython().run_line_magic('timeit', '-n 10 f(1)')",
        "get_ipython().run_line_magic('time', '')",
        "get_ipython().run_cell_magic('bash', '', 'exit 1')",
        "get_ipython().run_cell_magic('html', '', '<b>')",
        "get_ipython().system('rm -rf /nowhere')",
        "assert get_ipython().getoutput('ls') == []",
        "get_ipython().set_next_input('x')",
        "display(1, 2)",
    ],
)
def test_magics_do_nothing(start: Start, cell: str) -> None:
    assert start(cell, "x = 1").get("x") == 1


@pytest.mark.parametrize(
    "cell",
    [
        "get_ipython().run_cell_magic('time', '', 'x = 1\\n')",
        "get_ipython().run_cell_magic('timeit', '-n 1', 'x = 1')",
        "get_ipython().run_cell_magic('capture', 'out', 'x = 1')",
        "get_ipython().run_line_magic('time', 'x = 1')",
    ],
)
def test_magics_around_python_run_it(start: Start, cell: str) -> None:
    assert start(cell).get("x") == 1


def test_python_inside_a_magic_may_fail_like_any_cell(sandbox: Sandbox) -> None:
    loaded = sandbox.load(["get_ipython().run_cell_magic('time', '', '1 / 0')", "x = 1"])
    assert loaded.errors == ["ZeroDivisionError: division by zero"]


def test_a_stand_in_takes_whatever_is_done_with_it(sandbox: Sandbox) -> None:
    loaded = sandbox.load(
        ["import otter\ngrader = otter.Notebook('a.ipynb')", "from otter import Notebook\nNotebook().check('f').x()"],
        ["otter"],
    )
    assert loaded.errors == []


def test_without_a_stand_in_a_module_is_itself(start: Start) -> None:
    assert start("import json\nx = json.loads('[1]')").get("x") == [1]


def test_a_module_of_the_students_own_can_be_written_and_imported(start: Start) -> None:
    assert start("open('mine.py', 'w').write('x = 4')", "import mine\nx = mine.x").get("x") == 4


def test_a_cell_that_cannot_be_interrupted_ends_its_sandbox_which_tells_it(zygote: Zygote) -> None:
    endless = "import signal\nsignal.signal(signal.SIGALRM, signal.SIG_IGN)\nwhile True: pass"
    with Sandbox(zygote, Limits(cell_seconds=0.5)) as sandbox:
        with pytest.raises(CallTimedOut):
            sandbox.load(["x = 1", endless])
        assert sandbox.dead
        assert sandbox.running == 1


def test_a_cell_that_ends_the_process_is_a_crash(sandbox: Sandbox) -> None:
    with pytest.raises(CallCrashed):
        sandbox.load(["import os\nos._exit(0)"])
    assert sandbox.dead


def test_a_program_that_is_not_unicode_is_a_crash_not_an_error_of_the_host(sandbox: Sandbox) -> None:
    with pytest.raises(CallCrashed, match="surrogate"):
        sandbox.load(["x = '\ud800'"])


def test_names_of_a_program_can_stand_for_functions_of_ours(zygote: Zygote) -> None:
    double, triple = "def double(x):\n    return 2 * x", "def triple(x):\n    return 3 * x"
    cells = [double, triple, "def both(x):\n    return double(x), triple(x)"]
    with Sandbox(zygote, LONG) as sandbox:
        sandbox.load(cells)
        assert sandbox.call("both", (2,), {}) == (4, 6)
        sandbox.replace({"double": lambda x: -x})
        assert sandbox.call("both", (2,), {}) == (-2, 6)
        # Once more, with one name again and another beside it.
        sandbox.replace({"double": lambda x: "two", "triple": lambda x: "three"})
        assert sandbox.call("both", (2,), {}) == ("two", "three")
        assert sandbox.call("double", (2,), {}) == "two"
