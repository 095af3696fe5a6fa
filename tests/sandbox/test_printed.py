"""What a function prints is the same here as in a sandbox, and says the same; whatever a program does."""

from typing import Any

import pytest
from here_and_there import Both, State, outcome
from sandbox_calls import Start

from capas.sandbox import Proxy
from capas_check.fingerprint import fingerprint
from capas_check.output import printed, written
from capas_check.printing import MAX_FILE_BYTES, MAX_PRINTED

GREET = "def f(name='Ana'):\n    print('Hello,', name)\n"
NOTHING = "def f():\n    pass\n"
PRINTS: dict[str, tuple[str, State, str]] = {
    "as expected": (GREET, lambda f: printed(f, "Ben").prints("Hello, Ben"), ""),
    "to the character": (GREET, lambda f: printed(f, "Ben").prints("Hello, Ben\n", exactly=True), ""),
    "what nobody sees": ("def f():\n    print('a  \\r\\nb\\n\\n')", lambda f: printed(f).prints("a\nb"), ""),
    "bit by bit": (
        "import sys\ndef f():\n    for sign in 'abc':\n        sys.stdout.write(sign)\n    sys.stdout.flush()",
        lambda f: printed(f).prints("abc"),
        "",
    ),
    "an end too many": (
        GREET,
        lambda f: printed(f).prints("Hello, Ana", exactly=True),
        "f() printed 'Hello, Ana\\n' as line 1; expected 'Hello, Ana'. Only spaces differ.",
    ),
    "another line": (
        "def f():\n    print('a\\nb\\nc')",
        lambda f: printed(f).prints("a\nB\nc\n"),
        "f() printed 'b' as line 2; expected 'B'.",
    ),
    "other spaces": (
        "def f():\n    print('a:  1')",
        lambda f: printed(f).prints("a: 1"),
        "f() printed 'a:  1' as line 1; expected 'a: 1'. Only spaces differ.",
    ),
    "too few": (GREET, lambda f: printed(f).prints("Hello, Ana\nBye"), "f() printed no line 2; expected 'Bye'."),
    "too many": (
        "def f():\n    print('a\\nb')",
        lambda f: printed(f).prints("a"),
        "f() printed more than the 1 lines expected; next comes 'b'.",
    ),
    "nothing": (
        NOTHING,
        lambda f: printed(f).prints("\n a\nb"),
        "f() printed nothing; expected a line 'a'. Is the print missing?",
    ),
    "returned instead": (
        "def f():\n    return 'a\\n'",
        lambda f: printed(f).prints("a"),
        "f() returned the text and printed nothing: return gives it back, print shows it.",
    ),
    "printed instead": (
        "def f():\n    print(3)",
        lambda f: printed(f).returns(3),
        "f() printed '3' and returned None: print shows it, return gives it back.",
    ),
    "beside the result": (
        "def f():\n    print('a')\n    return 3",
        lambda f: printed(f).prints("a").returns(3).leaves_arguments(),
        "",
    ),
    "and returns nothing": (GREET, lambda f: printed(f).prints("Hello, Ana").returns(None), ""),
    "and returns something": (
        "def f():\n    print('a')\n    return 3",
        lambda f: printed(f).prints("a").returns(None),
        "f() returned 3; expected None.",
    ),
    "one line of it": ("def f():\n    print('a\\n  total: 3 \\nc')", lambda f: printed(f).prints_line("total: 3"), ""),
    "not that line": (
        "def f():\n    print('a\\nb')",
        lambda f: printed(f).prints_line("c"),
        "f() printed 'a\\nb'; a line 'c' was expected.",
    ),
    "where it differs": (
        "def f():\n    print('x' * 500 + 'y')",
        lambda f: printed(f).prints("x" * 500 + "z"),
        f"f() printed …'{'x' * 60}y' as line 1; expected …'{'x' * 60}z'.",
    ),
    "an error": (
        "def f():\n    print('a')\n    1 / 0",
        lambda f: printed(f).prints("a"),
        "f() ended with an error: ZeroDivisionError: division by zero",
    ),
    "half a character": ("def f():\n    print('a\\ud800')", lambda f: printed(f).prints("a?"), ""),
    "without end": (
        "def f():\n    for _ in range(10 ** 5):\n        print('aaaaaaaaa')",
        lambda f: printed(f).prints("a"),
        f"f() printed more than {MAX_PRINTED} characters: is there a loop that prints without end?",
    ),
    "at once": (
        "def f():\n    print('a' * 10 ** 7)",
        lambda f: printed(f).prints("a"),
        f"f() printed more than {MAX_PRINTED} characters: is there a loop that prints without end?",
    ),
    "to another": (
        "import io, sys\ndef f():\n    sys.stdout = io.StringIO()\n    print('a')",
        lambda f: printed(f).prints("a"),
        "f() printed nothing; expected a line 'a'. Is the print missing?",
    ),
    "no text": (
        "import sys\ndef f():\n    sys.stdout.write(3)",
        lambda f: printed(f).prints("3"),
        "f() ended with an error: TypeError: write() argument must be str, not int",
    ),
    "text that lies": (
        "class Text(str):\n    def __len__(self):\n        return -5\n    def __str__(self):\n        return 'right'\n"
        "import sys\ndef f():\n    sys.stdout.write(Text('wrong'))",
        lambda f: printed(f).prints("right"),
        "f() printed 'wrong' as line 1; expected 'right'.",
    ),
}


@pytest.mark.parametrize(("source", "state", "told"), PRINTS.values(), ids=PRINTS)
def test_what_a_function_prints(both: Both, source: str, state: State, told: str) -> None:
    assert both(source, state)[1] == told


UNPLAIN = {
    "return iter([1])": "",
    "yield 1": "f() returned a generator, not a value: is there a yield where a return was meant?",
}


@pytest.mark.parametrize(("end", "told"), UNPLAIN.items())
def test_a_result_that_cannot_travel_is_nothing_that_anybody_asked_for(start: Start, end: str, told: str) -> None:
    source = f"def f():\n    print('a')\n    {end}"
    namespace: dict[str, Any] = {}
    exec(source, namespace)
    for function in (namespace["f"], Proxy(start(source).call, "f")):
        _, message, _ = outcome(lambda f: printed(f).prints("a"), function)
        assert message == told


def test_a_function_that_is_missing_is_told(both: Both) -> None:
    for state in (printed, written):
        assert outcome(state, None)[0] == "missing"


def test_an_author_who_expects_too_much_is_told() -> None:
    with pytest.raises(ValueError, match="20000 characters at most"):
        printed(lambda: None).prints("a" * 20_001)
    with pytest.raises(ValueError, match="bytes at most"):
        written(lambda: None).writes("a", b"a" * (MAX_FILE_BYTES + 1))


def test_calls_that_print_otherwise_have_other_fingerprints() -> None:
    def prints(text: str) -> Any:
        return fingerprint("printed", [printed(lambda: print(text))])

    assert prints("a") == prints("a ")
    assert prints("a") != prints("b")


def test_nothing_is_shown_and_the_screen_is_as_before(capsys: pytest.CaptureFixture[str]) -> None:
    printed(lambda: print("a"))
    print("b")
    assert capsys.readouterr().out == "b\n"
