"""What a call raises, warns of and prints, as its host gets it."""

import builtins
import warnings

import numpy as np
import pytest
from sandbox_calls import Start, call

from capas.sandbox import (
    CallExited,
    UnsendableResult,
)


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
        ("SystemExit(1)", CallExited, "it asked for the end"),
        ("KeyboardInterrupt", RuntimeError, "KeyboardInterrupt: "),
        ("GeneratorExit", RuntimeError, "GeneratorExit: "),
        ("ValueError('half \\ud83d of it')", ValueError, "half ? of it"),
        ("ValueError('x' * 10**6)", ValueError, "xxx"),
        ("3", TypeError, "exceptions must derive from BaseException"),
    ],
)
def test_an_exception_comes_out_as_the_built_in_of_its_name(
    start: Start, raised: str, kind: type[Exception], text: str
) -> None:
    sandbox = start(f"def f():\n    raise {raised}", "def g():\n    return 5")
    with pytest.raises(Exception) as caught:  # noqa: PT011
        call(sandbox, "f")
    assert type(caught.value) is kind
    assert str(caught.value).startswith(text)
    assert len(str(caught.value)) < 100_000
    assert call(sandbox, "g") == 5


@pytest.mark.parametrize(
    ("raised", "name", "kinds", "text"),
    [
        ("Mine('of the program')", "Mine", [Exception], "of the program"),
        ("MyKeyError('W')", "MyKeyError", [KeyError, LookupError], "'W'"),
        ("np.linalg.LinAlgError('singular')", "LinAlgError", [ValueError], "singular"),
        ("np.exceptions.AxisError('no axis 1')", "AxisError", [ValueError, IndexError], "no axis 1"),
        ("UnicodeDecodeError('utf-8', b'a', 0, 1, 'bad')", "UnicodeDecodeError", [ValueError], "'utf-8' codec"),
        ("ExceptionGroup('two', [ValueError()])", "ExceptionGroup", [Exception], "two"),
        ("Mute()", "Mute", [Exception], ""),
        ("Deadly()", "Deadly", [Exception], ""),
        ("type('x' * 10**6, (OSError,), {})('long')", "x" * 100, [OSError], "long"),
    ],
)
def test_another_exception_keeps_its_name_and_what_it_is_one_of(
    start: Start, raised: str, name: str, kinds: list[type[Exception]], text: str
) -> None:
    sandbox = start(
        """
import numpy as np
class Mine(Exception): pass
class MyKeyError(KeyError): pass
class Mute(Exception):
    def __str__(self): raise ValueError
class Deadly(Exception):
    def __str__(self): raise SystemExit
""",
        f"def f():\n    raise {raised}",
    )
    with pytest.raises(Exception) as caught:  # noqa: PT011
        call(sandbox, "f")
    assert type(caught.value).__name__ == name
    assert all(isinstance(caught.value, kind) for kind in kinds)
    assert not isinstance(caught.value, RuntimeError)
    assert str(caught.value).startswith(text)


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
    sandbox = start("print('loading')", "def f(x):\n    print(x)\n    if x > 1: 1 / 0", "def g():\n    return object()")
    call(sandbox, "f", 1)
    assert sandbox.printed == "1\n"
    with pytest.raises(ZeroDivisionError):
        call(sandbox, "f", 2)
    assert sandbox.printed == "2\n"
    with pytest.raises(UnsendableResult):
        call(sandbox, "g")
    assert sandbox.printed == ""


def test_exceptions_of_the_host_are_not_taken_from_the_program(start: Start) -> None:
    """Only classes of Python itself, or new ones derived from those, are made from a name, and only exceptions."""
    # Of SystemExit there is an exception of our own.
    names = [name for name in dir(builtins) if isinstance(getattr(builtins, name), type) and name != "SystemExit"]
    names += ["CallTimedOut", "SandboxError", "UnsendableResult", "WireError"]
    sandbox = start("import builtins\ndef f(name):\n    raise type(name, (Exception,), {})('text')")
    for name in names:
        with pytest.raises(Exception, match="text") as caught:
            call(sandbox, "f", name)
        assert isinstance(caught.value, Exception)
        assert {base.__module__ for base in type(caught.value).__mro__[1:]} == {"builtins"}


@pytest.mark.parametrize("name", ["\x1b[31mX", "X\n=1+1", "\u202eX", "<script>", "", "a b", "\x9bX"])
def test_a_name_that_no_class_statement_gives_is_a_base_s(start: Start, name: str) -> None:
    sandbox = start(f"def f():\n    raise type({name!r}, (ValueError,), {{}})('text')")
    with pytest.raises(ValueError, match="text") as caught:
        call(sandbox, "f")
    assert type(caught.value).__name__ == "ValueError"
