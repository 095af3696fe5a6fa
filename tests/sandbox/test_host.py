"""A sandbox from its host's side: programs that behave, that fail, and that mean harm."""

import builtins
import copy
import math
import os
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from capas.sandbox import (
    CallCrashed,
    CallExited,
    CallTimedOut,
    Limits,
    Proxy,
    Sandbox,
    SandboxError,
    UnsendableResult,
    Zygote,
)

# Long enough for the slowest machine; what is meant to be cut short uses SHORT.
LONG = Limits(load_seconds=60, call_seconds=60)
SHORT = Limits(load_seconds=60, call_seconds=0.5)

Start = Callable[..., Sandbox]


@pytest.fixture
def start(zygote: Zygote) -> Iterator[Start]:
    """Return a function that loads cells into a new sandbox and states that none of them failed."""
    with ExitStack() as running:

        def start(*cells: str, limits: Limits = LONG) -> Sandbox:
            sandbox = running.enter_context(Sandbox(zygote, limits))
            assert not any(sandbox.load(cells).errors)
            return sandbox

        yield start


def call(sandbox: Sandbox, function: str, *arguments: Any, **keywords: Any) -> Any:
    return sandbox.call(function, arguments, keywords)


def running(pid: int) -> bool:
    """Tell whether there is such a process, other than one that has ended and waits to be forgotten."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def ends(pid: int) -> bool:
    """Tell whether a process that was killed ends, which takes the kernel a moment."""
    patience = time.monotonic() + 30
    while running(pid) and time.monotonic() < patience:
        time.sleep(0.01)
    return not running(pid)


@pytest.fixture
def sandbox(zygote: Zygote) -> Iterator[Sandbox]:
    with Sandbox(zygote, LONG) as one:
        yield one


def test_a_program_is_told_in_functions_and_values(sandbox: Sandbox) -> None:
    loaded = sandbox.load(["import numpy as np\nx = 3", "def f(): pass", "class Net: pass\ng = lambda: 1"])
    assert sorted(loaded.functions) == ["Net", "f", "g"]
    assert sorted(loaded.values) == ["np", "x"]
    assert loaded.errors == ["", "", ""]


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
        ("def f(:", "SyntaxError: invalid syntax (<cell 1>, line 1)"),
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
    assert loaded.errors[0].startswith(error)
    assert loaded.errors[1] == ""
    assert call(sandbox, "g") == 5


def test_what_a_failing_cell_defined_before_it_failed_is_there(sandbox: Sandbox) -> None:
    loaded = sandbox.load(["def f():\n    return 5\n1 / 0\ndef g():\n    return 6"])
    assert loaded.functions == ["f"]
    assert call(sandbox, "f") == 5


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
    assert loaded.errors == ["ZeroDivisionError: division by zero", ""]


def test_a_stand_in_takes_whatever_is_done_with_it(sandbox: Sandbox) -> None:
    loaded = sandbox.load(
        ["import otter\ngrader = otter.Notebook('a.ipynb')", "from otter import Notebook\nNotebook().check('f').x()"],
        ["otter"],
    )
    assert loaded.errors == ["", ""]


def test_without_a_stand_in_a_module_is_itself(start: Start) -> None:
    assert start("import json\nx = json.loads('[1]')").get("x") == [1]


def test_a_module_of_the_students_own_can_be_written_and_imported(start: Start) -> None:
    assert start("open('mine.py', 'w').write('x = 4')", "import mine\nx = mine.x").get("x") == 4


def test_an_endless_cell_is_cut_short(zygote: Zygote) -> None:
    with Sandbox(zygote, Limits(load_seconds=0.5)) as sandbox:
        with pytest.raises(CallTimedOut, match=r"not finished after 0\.5 s"):
            sandbox.load(["x = 1", "while True: pass"])
        assert sandbox.dead


def test_a_cell_that_ends_the_process_is_a_crash(sandbox: Sandbox) -> None:
    with pytest.raises(CallCrashed):
        sandbox.load(["import os\nos._exit(0)"])
    assert sandbox.dead


IDENTITY = "def f(*arguments, **keywords):\n    return (*arguments, keywords) if keywords else arguments"


@pytest.mark.parametrize(
    "value",
    [
        *(None, True, 3, -(2**80), 2.5, math.inf, 1 + 2j, "ñandú 🦤", b"\0\xff", [], (), {}, [1, [2.0, (3,)]]),
        {"W": [1, 2], "b": {"c": (None,)}},
    ],
)
def test_plain_values_go_in_and_come_out(start: Start, value: Any) -> None:
    (back,) = call(start(IDENTITY), "f", value)
    assert type(back) is type(value)
    assert back == value


def test_nan_and_arrays_go_in_and_come_out(start: Start) -> None:
    number, array = call(start(IDENTITY), "f", math.nan, np.array([[1, 2]], dtype=np.int8))
    assert math.isnan(number)
    assert array.dtype == np.int8
    assert array.tolist() == [[1, 2]]


def test_keywords_arrive_by_name(start: Start) -> None:
    assert call(start(IDENTITY), "f", 1, b=2, a=[3]) == (1, {"b": 2, "a": [3]})


def test_a_large_array_goes_in_and_comes_out(start: Start) -> None:
    array = np.random.default_rng(0).normal(size=(1000, 1000))
    (back,) = call(start(IDENTITY), "f", array)
    assert np.array_equal(back, array)


@pytest.mark.parametrize(
    ("returned", "expected"),
    [
        ("np.float64(0.5)", np.float64(0.5)),
        ("range(3)", [0, 1, 2]),
        ("Marked([1.0, 2.0])", [1.0, 2.0]),
        ("(Marked([1.0]), Weight(2.0))", ([1.0], 2.0)),
        ("Weight(0.5)", 0.5),
        ("Count(7)", 7),
        ("Color.RED", 1),
        ("Point(1.0, 2.0)", (1.0, 2.0)),
        ("Name('a')", "a"),
        ("OrderedDict(a=Weight(1.0))", {"a": 1.0}),
        ("Wrapped()", np.array([1.0, 2.0])),
        ("np.zeros(2).view(Special)", np.zeros(2)),
        ("np.ma.masked_array([1.0, 2.0])", np.array([1.0, 2.0])),
        ("np.longdouble(0.5)", np.float64(0.5)),
        ("np.array([0.5], dtype=np.longdouble)", np.array([0.5])),
        ("np.array([0.5j], dtype=np.clongdouble)", np.array([0.5j])),
        ("np.array([1, 2], dtype='>i4')", np.array([1, 2], dtype=np.int32)),
        ("np.arange(6.0).reshape(2, 3).T[::-1]", np.arange(6.0).reshape(2, 3).T[::-1]),
    ],
)
def test_what_numpy_takes_for_numbers_comes_out_plain(start: Start, returned: str, expected: Any) -> None:
    sandbox = start(
        """
import enum
from collections import OrderedDict, namedtuple
import numpy as np
class Marked(list): pass
class Weight(float): pass
class Count(int): pass
class Name(str): pass
class Special(np.ndarray): pass
class Color(enum.IntEnum): RED = 1
class Wrapped:
    def __array__(self, dtype=None, copy=None): return np.array([1.0, 2.0])
Point = namedtuple('Point', 'x y')
""",
        f"def f():\n    return {returned}",
    )
    value = call(sandbox, "f")
    assert type(value) is type(expected)
    if isinstance(expected, np.ndarray):
        assert value.dtype == expected.dtype
        assert np.array_equal(value, expected)
    else:
        assert value == expected


@pytest.mark.parametrize(
    ("returned", "why"),
    [
        ("f", "a value of type function"),
        ("print", "a value of type builtin_function_or_method"),
        ("{1.0, 2.0}", "a value of type set"),
        ("(x for x in 'ab')", "a value of type generator"),
        ("[object()]", "a value of type object"),
        ("{1: 2}", "a value of type dict"),
        ("np", "a value of type module"),
        ("np.array([None, 1])", "an array of dtype object"),
        ("np.array(['a'])", "an array of dtype <U1"),
        ("2**5000", "an integer of more than 4096 bits"),
        ("endless", "RecursionError"),
        ("bytes(65 * 2**20)", "more than 64 MB"),
        ("np.zeros((3000, 3000))", "more than 64 MB"),
        ("'\\ud800'", "text with a lone surrogate"),
        ("Trap()", "MemoryError"),
    ],
)
def test_a_result_that_may_not_travel_is_said_and_the_sandbox_lives_on(start: Start, returned: str, why: str) -> None:
    sandbox = start(
        """
import numpy as np
endless = []
endless.append(endless)
class Trap:
    def __getattribute__(self, name): raise MemoryError
""",
        f"def f():\n    return {returned}",
        "def g():\n    return 5",
    )
    with pytest.raises(UnsendableResult, match=f"^{why}"):
        call(sandbox, "f")
    assert call(sandbox, "g") == 5


@pytest.mark.parametrize(
    ("raised", "kind", "text"),
    [
        ("ValueError('shapes do not fit')", ValueError, "shapes do not fit"),
        ("ValueError", ValueError, ""),
        ("ZeroDivisionError('a', 1)", ZeroDivisionError, "('a', 1)"),
        ("KeyError('W')", KeyError, "'W'"),
        ("KeyError(3)", KeyError, "3"),
        ("AssertionError()", AssertionError, ""),
        ("TimeoutError('mine')", TimeoutError, "mine"),
        ("OSError(2, 'no file')", FileNotFoundError, "[Errno 2] no file"),
        ("StopIteration(3)", StopIteration, "3"),
        ("UserWarning('careful')", UserWarning, "careful"),
        ("Mine('of the program')", RuntimeError, "Mine: of the program"),
        ("np.linalg.LinAlgError('singular')", RuntimeError, "LinAlgError: singular"),
        ("UnicodeDecodeError('utf-8', b'a', 0, 1, 'bad')", RuntimeError, "UnicodeDecodeError: 'utf-8' codec"),
        ("ExceptionGroup('two', [ValueError()])", RuntimeError, "ExceptionGroup: two"),
        ("SystemExit(1)", CallExited, "it asked for the end"),
        ("KeyboardInterrupt", RuntimeError, "KeyboardInterrupt: "),
        ("GeneratorExit", RuntimeError, "GeneratorExit: "),
        ("Mute()", RuntimeError, "Mute: "),
        ("Deadly()", RuntimeError, "Deadly: "),
        ("ValueError('half \\ud83d of it')", ValueError, "half ? of it"),
        ("ValueError('x' * 10**6)", ValueError, "xxx"),
        ("3", TypeError, "exceptions must derive from BaseException"),
    ],
)
def test_an_exception_comes_out_as_the_built_in_of_its_name(
    start: Start, raised: str, kind: type[Exception], text: str
) -> None:
    sandbox = start(
        """
import numpy as np
class Mine(Exception): pass
class Mute(Exception):
    def __str__(self): raise ValueError
class Deadly(Exception):
    def __str__(self): raise SystemExit
""",
        f"def f():\n    raise {raised}",
        "def g():\n    return 5",
    )
    with pytest.raises(Exception) as caught:  # noqa: PT011
        call(sandbox, "f")
    assert type(caught.value) is kind
    assert str(caught.value).startswith(text)
    assert len(str(caught.value)) < 100_000
    assert call(sandbox, "g") == 5


def test_an_error_of_python_itself_comes_out(start: Start) -> None:
    sandbox = start("def f(x):\n    return x[5]", "def g():\n    return g()")
    with pytest.raises(IndexError, match="list index out of range"):
        call(sandbox, "f", [1])
    with pytest.raises(TypeError, match="missing 1 required positional argument"):
        call(sandbox, "f")
    with pytest.raises(RecursionError):
        call(sandbox, "g")
    assert not sandbox.dead


def test_a_function_that_is_not_there_is_an_error_of_that_call(start: Start) -> None:
    sandbox = start("x = 1", "def f():\n    return 5")
    with pytest.raises(KeyError):
        call(sandbox, "g")
    with pytest.raises(KeyError):
        sandbox.get("y")
    with pytest.raises(TypeError, match="not callable"):
        call(sandbox, "x")
    assert call(sandbox, "f") == 5


def test_values_are_fetched_by_name(start: Start) -> None:
    sandbox = start("import numpy as np\nx = [1.0]\nW = np.eye(2)\ns = {1}")
    assert sandbox.get("x") == [1.0]
    assert np.array_equal(sandbox.get("W"), np.eye(2))
    with pytest.raises(UnsendableResult):
        sandbox.get("s")


def test_warnings_are_given_again(start: Start) -> None:
    sandbox = start(
        """
import warnings
import numpy as np
class Own(RuntimeWarning): pass
def f(x):
    warnings.warn('old', DeprecationWarning)
    warnings.warn('own', Own)
    warnings.warn('half \\ud83d')
    return np.exp(x)
"""
    )
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        call(sandbox, "f", np.array([1000.0]))
    given = [(warning.category, str(warning.message)) for warning in caught]
    assert given == [
        (DeprecationWarning, "old"),
        (UserWarning, "own"),
        (UserWarning, "half ?"),
        (RuntimeWarning, "overflow encountered in exp"),
    ]


def test_warnings_without_end_are_not_all_given(start: Start) -> None:
    sandbox = start("import warnings\ndef f():\n    for i in range(10_000): warnings.warn(f'{i}' * 5000)\n    return 1")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert call(sandbox, "f") == 1
    assert 0 < len(caught) < 100


@pytest.mark.parametrize("printed", ["'x' * 10**6", "'half \\ud83d of it'", "b'bytes', None, 3"])
def test_what_is_printed_does_not_matter(start: Start, printed: str) -> None:
    sandbox = start(f"print({printed})\ndef f():\n    print({printed})\n    return 5")
    assert call(sandbox, "f") == 5


def test_what_the_last_call_printed_is_kept(start: Start) -> None:
    sandbox = start("print('loading')", "def f(x):\n    print(x)\n    if x > 1: 1 / 0", "def g():\n    return {1}")
    call(sandbox, "f", 1)
    assert sandbox.printed == "1\n"
    with pytest.raises(ZeroDivisionError):
        call(sandbox, "f", 2)
    assert sandbox.printed == "2\n"
    with pytest.raises(UnsendableResult):
        call(sandbox, "g")
    assert sandbox.printed == ""


CHANGES: list[tuple[str, Any, Any]] = [
    ("x[0] = 9.0", np.array([1.0, 2.0]), np.array([9.0, 2.0])),
    ("x *= 2", np.array([[1, 2]]), np.array([[2, 4]])),
    ("x.append(3)", [1, 2], [1, 2, 3]),
    ("x.clear()", [1, 2], []),
    ("x.shape = (2, 1)", np.array([1.0, 2.0]), np.array([[1.0], [2.0]])),
    ("x[0][0] = 9", [[1], [2]], [[9], [2]]),
    ("x[0][0] = 9.0", [np.array([1.0])], [np.array([9.0])]),
    ("x[1][0] = 9.0", (np.array([1.0]), np.array([2.0])), (np.array([1.0]), np.array([9.0]))),
    ("x['b'] = 2", {"a": 1}, {"a": 1, "b": 2}),
    ("x['W'][0] = 9.0", {"W": np.array([1.0])}, {"W": np.array([9.0])}),
    ("x['rows'].append(1)", {"rows": []}, {"rows": [1]}),
]


@pytest.mark.parametrize(("change", "argument", "after"), CHANGES)
@pytest.mark.parametrize("by_name", [False, True], ids=["by position", "by name"])
def test_an_argument_changed_in_place_is_changed_for_the_caller(
    start: Start, change: str, argument: Any, after: Any, by_name: bool
) -> None:
    sandbox = start(f"def f(x):\n    {change}\n    return 1")
    mine = call(start(IDENTITY), "f", argument)[0]  # a copy, as other tests use the same argument
    assert (call(sandbox, "f", x=mine) if by_name else call(sandbox, "f", mine)) == 1
    assert repr(mine) == repr(after)


def test_arguments_left_alone_are_left_alone(start: Start) -> None:
    array, rows = np.ones(2), [[1.0], [2.0]]
    inner = rows[0]
    call(start("def f(x, rows):\n    x = x * 2\n    return [row + [1] for row in rows]"), "f", array, rows)
    assert array.tolist() == [1.0, 1.0]
    assert rows[0] is inner


def test_an_argument_that_may_not_be_written_stays_as_it_is(start: Start) -> None:
    array = np.ones(2)
    array.flags.writeable = False
    assert call(start("def f(x):\n    x[0] = 5\n    return 1"), "f", array) == 1
    assert array.tolist() == [1.0, 1.0]


DERIVATIVE = "def derivative(f, x, h):\n    return (f(x + h) - f(x - h)) / (2 * h)"


def test_a_function_given_as_an_argument_is_called_here(start: Start) -> None:
    pids: list[int] = []

    def square(x: np.ndarray) -> np.ndarray:
        pids.append(os.getpid())
        return x**2

    slope = call(start(DERIVATIVE), "derivative", square, np.array([3.0, 4.0]), h=0.5)
    assert slope.tolist() == [6.0, 8.0]
    assert pids == [os.getpid()] * 2


@pytest.mark.parametrize(
    ("program", "argument"),
    [
        ("def f(g):\n    return g[0](3) + g[1][0](4)", [abs, (abs,)]),
        ("def f(g):\n    return g['first'](3) + g['more'][0](4)", {"first": abs, "more": [abs]}),
    ],
)
def test_functions_may_stand_inside_arguments(start: Start, program: str, argument: Any) -> None:
    assert call(start(program), "f", argument) == 7


def test_a_function_given_by_name_is_called_here(start: Start) -> None:
    assert call(start("def f(x, g):\n    return g(x=x)"), "f", 3, g=lambda x: x + 1) == 4


def test_an_exception_of_a_given_function_reaches_the_program_and_may_be_caught(start: Start) -> None:
    def fails(x: float) -> float:
        raise ValueError(f"no {x:g}")

    sandbox = start(
        "def caught(g):\n    try: g(2.0)\n    except ValueError as error: return str(error)",
        "def passed_on(g):\n    return g(3.0)",
    )
    assert call(sandbox, "caught", fails) == "no 2"
    with pytest.raises(ValueError, match=r"^no 3$"):
        call(sandbox, "passed_on", fails)
    assert not sandbox.dead


def test_an_exception_that_is_not_built_in_reaches_the_program_as_a_runtime_error(start: Start) -> None:
    class Mine(Exception):
        pass

    def fails() -> None:
        raise Mine("no")

    sandbox = start("def f(g):\n    try: g()\n    except RuntimeError as error: return str(error)")
    assert call(sandbox, "f", fails) == "no"


def test_what_a_given_function_may_not_take_or_give_is_an_error_in_the_program(start: Start) -> None:
    sandbox = start("def takes(g):\n    return g({1})", "def gives(g):\n    return g(1)")
    with pytest.raises(RuntimeError, match="a value of type set"):
        call(sandbox, "takes", lambda x: 1)
    with pytest.raises(RuntimeError, match="a value of type object"):
        call(sandbox, "gives", lambda x: object())
    assert call(sandbox, "gives", lambda x: x) == 1


def test_a_function_given_back_may_not_travel(start: Start) -> None:
    with pytest.raises(UnsendableResult, match="a value of type function"):
        call(start("def f(g):\n    return g"), "f", abs)


def test_a_given_function_may_call_the_program_again(start: Start) -> None:
    sandbox = start(DERIVATIVE, "def cube(x):\n    return x**3")
    cube, derivative = Proxy(sandbox.call, "cube"), Proxy(sandbox.call, "derivative")
    assert derivative(cube, 2.0, 1.0) == 13
    # The derivative of the derivative of x³.
    assert derivative(lambda x: derivative(cube, x, 1.0), 2.0, 1.0) == 12


def test_errors_of_inner_calls_do_not_mix_with_the_outer_one(start: Start) -> None:
    sandbox = start("def twice(g, x):\n    return g(g(x))", "def bad(x):\n    return {1} if x else 1 / 0")

    def careful(x: int) -> int:
        for argument in (0, 1):
            with pytest.raises((ZeroDivisionError, UnsendableResult)):
                call(sandbox, "bad", argument)
        return x + 1

    assert call(sandbox, "twice", careful, 1) == 3


def test_what_a_given_function_does_to_its_arguments_stays_here(start: Start) -> None:
    sandbox = start("def f(g):\n    x = [1]\n    g(x)\n    return x")
    assert call(sandbox, "f", lambda x: x.append(2)) == [1]


def test_calls_without_end_into_each_other_are_an_error(start: Start) -> None:
    sandbox = start("def f(g):\n    return g()")

    def again() -> Any:
        return call(sandbox, "f", again)

    with pytest.raises((RecursionError, SandboxError)):
        again()


SPIN = "def spin(*_):\n    while True: pass"


@pytest.mark.parametrize(
    "body",
    [
        "while True: pass",
        "time.sleep(600)",
        "while True:\n        try: time.sleep(600)\n        except BaseException: pass",
        "signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 64)); time.sleep(600)",
        "os.kill(os.getpid(), signal.SIGSTOP)",
        "return sum(1 for _ in iter(int, 1))",
        "threading.Thread(target=time.sleep, args=(600,)).start(); time.sleep(600)",
    ],
)
def test_a_call_without_end_is_cut_short(start: Start, body: str) -> None:
    sandbox = start(
        f"import os, signal, threading, time\ndef f():\n    {body}", "def pid():\n    return os.getpid()", limits=SHORT
    )
    pid = call(sandbox, "pid")
    with pytest.raises(CallTimedOut, match=r"not finished after 0\.5 s"):
        call(sandbox, "f")
    assert sandbox.dead
    assert ends(pid)


def test_callbacks_without_end_are_cut_short(start: Start) -> None:
    sandbox = start("def f(g):\n    while True: g(1)", limits=SHORT)
    with pytest.raises(CallTimedOut):
        call(sandbox, "f", abs)


def test_calls_inside_a_call_do_not_give_it_more_time(start: Start) -> None:
    sandbox = start("import time\ndef f(g):\n    while True: g(1)", "def one(x):\n    time.sleep(0.05)", limits=SHORT)
    with pytest.raises(CallTimedOut):
        call(sandbox, "f", Proxy(sandbox.call, "one"))


def test_a_call_inside_a_call_that_is_cut_short_ends_both_for_that_reason(start: Start) -> None:
    sandbox = start(SPIN, "def f(g):\n    return g(1)", limits=SHORT)
    with pytest.raises(CallTimedOut):
        call(sandbox, "f", Proxy(sandbox.call, "spin"))
    assert sandbox.dead


def test_each_call_has_its_own_time(start: Start) -> None:
    sandbox = start("import time\ndef f():\n    time.sleep(0.2)\n    return 1", limits=Limits(call_seconds=2))
    assert [call(sandbox, "f") for _ in range(12)] == [1] * 12


# What a program can do that has read this code: find the pipe, and the call that is being answered.
HOSTILE = """
import ctypes, gc, os, resource, signal, socket, struct, sys, time
import msgspec
from capas.sandbox import wire

def call_being_answered():
    frame = sys._getframe(1)
    while "message" not in frame.f_locals:
        frame = frame.f_back
    return frame.f_locals["self"], frame.f_locals["message"].number

def descriptors():
    return sorted(map(int, os.listdir("/proc/self/fd")))

def on_every_descriptor(data):
    for descriptor in descriptors():
        try: os.write(descriptor, data)
        except OSError: pass

def answer(data):
    runner, _ = call_being_answered()
    wire.send_frame(runner._connection, data)

def reply_holding(data):
    _, number = call_being_answered()
    return msgspec.msgpack.encode(wire.Returned(number, msgspec.Raw(data)))
"""

CRASHES = {
    "end": "os._exit(0)",
    "end with a status": "os._exit(7)",
    "kill itself": "os.kill(os.getpid(), signal.SIGKILL)",
    "kill its group": "os.killpg(0, signal.SIGKILL)",
    "read where nothing is": "ctypes.string_at(0)",
    "abort": "os.abort()",
    "no stack": "resource.setrlimit(resource.RLIMIT_CORE, (0, 0)); ctypes.CDLL(None).abort()",
    "close every descriptor": "os.closerange(0, 1000)",
    "close the pipe": "call_being_answered()[0]._connection.close()",
    "garbage on every descriptor": "on_every_descriptor(b'\\xff' * 1000)",
    "zeros on every descriptor": "on_every_descriptor(bytes(1000))",
    "text on every descriptor": "on_every_descriptor(b'HTTP/1.1 200 OK\\r\\n\\r\\n')",
    "an empty frame": "answer(b'')",
    "a frame cut short": "on_every_descriptor(struct.pack('!I', 1000) + b'x'); os._exit(0)",
    "a frame of four gigabytes": "on_every_descriptor(struct.pack('!I', 2**32 - 1))",
    "an array of a terabyte": "answer(reply_holding(msgspec.msgpack.encode(msgspec.msgpack.Ext(wire.ARRAY, "
    "msgspec.msgpack.encode(['<f8', [2**37], b'12345678'])))))",
    "a list of billions": "answer(reply_holding(b'\\xdd\\xff\\xff\\xff\\xff'))",
    "lists without end": "answer(reply_holding(b'\\x91' * 10**5 + b'\\x90'))",
    "more lists than there is memory for": "answer(reply_holding(b'\\xdd\\x02\\x00\\x00\\x00' + b'\\x90' * 2**25))",
    "an answer to another question": "answer(wire.encode(wire.Returned(10**6, 1)))",
    "an answer of another kind": "answer(wire.encode(wire.Loaded(call_being_answered()[1], [], [], [])))",
    "a message of the host": "answer(wire.encode(wire.GetValue(1, 'x')))",
    "a callback to no function": "answer(wire.encode(wire.CallBack(1, 5, [], {})))",
    "a callback to a function before the first": "answer(wire.encode(wire.CallBack(1, -1, [], {})))",
    "a pickle": "answer(b'\\x80\\x04\\x95K\\x00.')",
}


@pytest.mark.parametrize("how", CRASHES)
def test_whatever_breaks_the_protocol_is_a_crash_and_the_zygote_survives(start: Start, how: str) -> None:
    program = ("import os\ndef ids():\n    return os.getpid(), os.getppid(), os.getcwd()",)
    sandbox = start(HOSTILE, f"def f(*_):\n    {CRASHES[how]}\n    return 1", *program)
    pid, parent, directory = call(sandbox, "ids")
    with pytest.raises(CallCrashed):
        call(sandbox, "f")
    assert sandbox.dead
    assert ends(pid)
    assert not Path(directory).exists()
    assert call(start(*program), "ids")[1] == parent


def test_answering_twice_spoils_only_the_next_call(start: Start) -> None:
    sandbox = start(
        HOSTILE, "def f():\n    answer(wire.encode(wire.Returned(call_being_answered()[1], 1)))\n    return 2"
    )
    assert call(sandbox, "f") == 1
    with pytest.raises(CallCrashed, match="an answer to another question"):
        call(sandbox, "f")


@pytest.mark.parametrize("name", ["KeyboardInterrupt", "print", "__import__", "BaseException", "", "\0"])
def test_no_exception_that_could_end_the_host_comes_out(start: Start, name: str) -> None:
    sandbox = start(
        HOSTILE,
        "def f(name):\n    answer(wire.encode(wire.Raised(call_being_answered()[1], name, 'bye')))",
    )
    with pytest.raises(RuntimeError, match=f"^{name}: bye$"):
        call(sandbox, "f", name)


@pytest.mark.parametrize("changed", [{9: 1}, {-1: [9]}, {0: "text"}, {0: [[1, 2], [3, 4]]}, {1: [2**70]}, {2: [5]}])
def test_changes_that_do_not_fit_are_not_made(start: Start, changed: dict[int, Any]) -> None:
    sandbox = start(
        HOSTILE,
        f"changed = {{position: wire.pack(value) for position, value in {changed}.items()}}",
        "def f(*_):\n    answer(wire.encode(wire.Returned(call_being_answered()[1], 1, changed)))",
    )
    array, whole, number = np.ones(3), np.ones(1, dtype=int), 2.0
    assert call(sandbox, "f", array, whole, number) == 1
    assert (array.tolist(), whole.tolist()) == ([1, 1, 1], [1])


def test_a_frame_in_drops_is_cut_short(start: Start) -> None:
    sandbox = start(
        HOSTILE,
        """
def f():
    runner, _ = call_being_answered()
    runner._connection.sendall(struct.pack("!I", 10**6))
    while True:
        runner._connection.sendall(b"x")
        time.sleep(0.01)
""",
        limits=SHORT,
    )
    with pytest.raises(CallTimedOut):
        call(sandbox, "f")


def test_a_dead_sandbox_answers_nothing(start: Start) -> None:
    sandbox = start("import os\nx = 1\ndef f():\n    os._exit(0)\ndef g():\n    return 5")
    with pytest.raises(CallCrashed):
        call(sandbox, "f")
    for ask in (lambda: call(sandbox, "g"), lambda: sandbox.get("x"), lambda: sandbox.load(["x = 1"])):
        with pytest.raises(CallCrashed, match="the program has ended"):
            ask()


def test_a_closed_sandbox_answers_nothing_and_may_be_closed_again(start: Start) -> None:
    sandbox = start("def f():\n    return 5")
    sandbox.close()
    sandbox.close()
    assert sandbox.dead
    with pytest.raises(CallCrashed):
        call(sandbox, "f")


CHILD = """
import os, subprocess, sys, time
def pids():
    child = os.fork()
    if child == 0:
        time.sleep(600)
    global other
    other = subprocess.Popen([sys.executable, "-I", "-c", "import time; time.sleep(600)"])
    return [os.getpid(), child, other.pid]
"""


def test_no_process_is_left_behind(start: Start) -> None:
    sandbox = start(CHILD)
    pids = call(sandbox, "pids")
    assert all(map(running, pids))
    sandbox.close()
    assert all(map(ends, pids))


def test_no_process_is_left_behind_by_a_program_that_ends_first(start: Start) -> None:
    sandbox = start(CHILD, "def f():\n    os._exit(0)", limits=SHORT)
    pids = call(sandbox, "pids")
    with pytest.raises(SandboxError):  # a time-out: the child still holds the pipe
        call(sandbox, "f")
    assert all(map(ends, pids))


def test_the_end_of_a_zygote_is_the_end_of_its_sandboxes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with Zygote(Limits(), max_level=0) as own:
        sandbox = Sandbox(own, LONG)
        sandbox.load(["import os\ndef pids():\n    return os.getpid(), os.getppid()"])
        pid, parent = call(sandbox, "pids")
    assert ends(pid)
    assert ends(parent)
    assert not list(tmp_path.iterdir())


def test_a_zygote_that_a_program_killed_is_started_again() -> None:
    with Zygote(Limits(), max_level=0) as own:
        with Sandbox(own, LONG) as sandbox:
            sandbox.load(["import os, signal\ndef f():\n    os.kill(os.getppid(), signal.SIGKILL)\n    os._exit(0)"])
            with pytest.raises(CallCrashed):
                call(sandbox, "f")
        with Sandbox(own, LONG) as sandbox:
            sandbox.load(["def f():\n    return 5"])
            assert call(sandbox, "f") == 5


def test_sandboxes_of_one_zygote_know_nothing_of_each_other(start: Start) -> None:
    one, other = start("x = 1\nimport builtins, numpy\nbuiltins.mark = numpy.mark = 1"), start("import builtins, numpy")
    other.load(["seen = hasattr(builtins, 'mark') or hasattr(numpy, 'mark')"])
    assert other.get("seen") is False
    assert one.get("x") == 1
    with pytest.raises(KeyError):
        other.get("x")


def test_a_sandbox_has_a_directory_of_its_own_that_goes_with_it(start: Start) -> None:
    sandbox = start("open('note.txt', 'w').write('mine')\nimport os\nhere = os.getcwd()\nfiles = os.listdir()")
    here = Path(sandbox.get("here"))
    assert sandbox.get("files") == ["note.txt"]
    assert here != Path.cwd()
    sandbox.close()
    assert not here.exists()


def test_nothing_of_the_host_is_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANVAS_TOKEN", "secret")
    with Zygote(Limits(), max_level=2) as own, Sandbox(own, LONG) as sandbox:
        sandbox.load(["import os\nnames = sorted(os.environ)\ndescriptors = len(os.listdir('/proc/self/fd'))"])
        assert "CANVAS_TOKEN" not in sandbox.get("names")
        # The three standard ones, the pipe, the folder being listed, and the folders that Python imports from
        # where another user could not open them.
        assert sandbox.get("descriptors") <= 9


def test_exceptions_of_the_host_are_not_taken_from_the_program(start: Start) -> None:
    """Only classes of Python itself are made from a name, and only exceptions."""
    # Of SystemExit there is an exception of our own.
    names = [name for name in dir(builtins) if isinstance(getattr(builtins, name), type) and name != "SystemExit"]
    sandbox = start("import builtins\ndef f(name):\n    raise type(name, (Exception,), {})('text')")
    for name in names:
        with pytest.raises(Exception, match="text") as caught:
            call(sandbox, "f", name)
        assert type(caught.value).__module__ == "builtins"
        assert isinstance(caught.value, Exception)


def test_a_proxy_has_the_name_of_its_function_and_is_not_copied() -> None:
    calls: list[Any] = []
    proxy = Proxy(lambda *call: calls.append(call), "softmax")
    assert proxy.__name__ == "softmax"
    assert copy.deepcopy([proxy])[0] is proxy
    proxy(1, axis=0)
    assert calls == [("softmax", (1,), {"axis": 0})]


def test_what_the_host_may_not_send_is_not_sent_and_the_sandbox_lives_on(start: Start) -> None:
    sandbox = start(IDENTITY)
    with pytest.raises(Exception, match="a value of type set"):
        call(sandbox, "f", {1})
    assert call(sandbox, "f", 1) == (1,)


def test_a_program_that_is_not_unicode_is_a_crash_not_an_error_of_the_host(sandbox: Sandbox) -> None:
    with pytest.raises(CallCrashed, match="surrogate"):
        sandbox.load(["x = '\ud800'"])


@pytest.mark.parametrize("level", [0, 5])
def test_temporary_files_in_a_folder_that_only_we_may_enter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, level: int
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    monkeypatch.setattr(tempfile, "tempdir", str(closed))
    with Zygote(Limits(), max_level=level) as own, Sandbox(own, LONG) as sandbox:
        sandbox.load(["import os\nos.mkdir('mine')", "def f():\n    return os.listdir()"])
        assert call(sandbox, "f") == ["mine"]


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
