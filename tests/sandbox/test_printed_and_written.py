"""What a function prints and writes is the same here as in a sandbox, and says the same; whatever a program does."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sandbox_calls import Start

from capas.sandbox import Proxy
from capas_check import CheckFailure
from capas_check.fingerprint import fingerprint
from capas_check.grader import run_case
from capas_check.output import Printed, Written, printed, written
from capas_check.printing import MAX_FILE_BYTES, MAX_FILES, MAX_PRINTED
from capas_check.texts import load_texts

State = Callable[[Any], Any]


def outcome(state: State, function: Any) -> tuple[Any, ...]:
    """Return what a student is told, and what else a case leaves behind."""
    run = run_case(lambda f: state(f), {"f": function})
    assert run.failure is None or isinstance(run.failure, CheckFailure), run.failure
    return run.kind, run.message(load_texts("en")), fingerprint(run.kind, run.calls)


@pytest.fixture
def both(start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, State], tuple[str, str]]:
    """Return what makes a statement of ``f`` here and in a sandbox, and gives the kind and message, which are one."""
    monkeypatch.chdir(tmp_path)

    def both(source: str, state: State) -> tuple[str, str]:
        namespace: dict[str, Any] = {}
        exec(source, namespace)
        here = outcome(state, namespace["f"])
        there = outcome(state, Proxy(start(source).call, "f"))
        assert here == there
        return here[:2]

    return both


Both = Callable[[str, State], tuple[str, str]]

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
    "a result that nobody asked for": (
        "def f():\n    print('a')\n    return iter([1])",
        lambda f: printed(f).prints("a"),
        "",
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


SAVE = "def f(text='1\\n2\\n', name='out.csv'):\n    with open(name, 'w') as file:\n        file.write(text)\n"
WRITES: dict[str, tuple[str, State, str]] = {
    "as expected": (SAVE, lambda f: written(f).writes("out.csv", "1\n2"), ""),
    "to the character": (SAVE, lambda f: written(f).writes("./out.csv", "1\n2\n", exactly=True), ""),
    "bytes": (
        "def f():\n    open('a', 'wb').write(bytes([255, 0]))",
        lambda f: written(f).writes("a", bytes([255, 0])),
        "",
    ),
    "in a folder": (
        "import os\ndef f():\n    os.makedirs('made/deep')\n    open('made/deep/a.txt', 'w').write('a')",
        lambda f: written(f).writes("made/deep/a.txt", "a"),
        "",
    ),
    "and prints": (
        "def f():\n    print('done')\n    open('a', 'w').write('b')",
        lambda f: written(f).prints("done").writes("a", "b"),
        "",
    ),
    "nothing": (NOTHING, lambda f: written(f).writes("out.csv", "1"), "f() wrote no file; expected out.csv."),
    "another name": (
        SAVE,
        lambda f: written(f, name="result.csv").writes("out.csv", "1"),
        "f(name='result.csv') wrote no file out.csv; it wrote result.csv.",
    ),
    "another line": (
        SAVE,
        lambda f: written(f).writes("out.csv", "1\n3"),
        "f() wrote '2' as line 2 of out.csv; expected '3'.",
    ),
    "other spaces": (
        SAVE,
        lambda f: written(f, "1 2").writes("out.csv", "12"),
        "f('1 2') wrote '1 2' as line 1 of out.csv; expected '12'. Only spaces differ.",
    ),
    "too few": (
        SAVE,
        lambda f: written(f).writes("out.csv", "1\n2\n3"),
        "f() wrote no line 3 in out.csv; expected '3'.",
    ),
    "too many": (
        SAVE,
        lambda f: written(f).writes("out.csv", "1"),
        "f() wrote more than the 1 lines expected in out.csv; next comes '2'.",
    ),
    "other bytes": (
        SAVE,
        lambda f: written(f).writes("out.csv", b"1"),
        "f() wrote other bytes in out.csv than expected.",
    ),
    "no text": (
        "def f():\n    open('a', 'wb').write(bytes([255, 0]))",
        lambda f: written(f).writes("a", "a"),
        "f() wrote something in a that is not text.",
    ),
    "a file left open": (
        "def f():\n    f.file = open('a', 'w')\n    f.file.write('b')\n    f.file.flush()\n    return f.file",
        lambda f: written(f).writes("a", "b"),
        "",
    ),
    "a folder of that name": (
        "import os\ndef f():\n    os.mkdir('a')",
        lambda f: written(f).writes("a", "b"),
        "f() wrote no file; expected a.",
    ),
    "one that was there, anew": (
        "open('a', 'w').write('b')\ndef f():\n    open('a', 'w').write('b')",
        lambda f: written(f).writes("a", "b"),
        "",
    ),
    "one that was there, untouched": (
        "open('a', 'w').write('b')\ndef f():\n    return open('a').read()",
        lambda f: written(f).writes("a", "b"),
        "f() wrote no file; expected a.",
    ),
    "twice the same": (SAVE, lambda f: [written(f).writes("out.csv", "1\n2") for _ in range(3)], ""),
    "outside": (
        "def f():\n    try:\n        open('../beside.txt', 'w').write('b')\n    except OSError:\n        pass",
        lambda f: written(f).writes("../beside.txt", "b"),
        "f() wrote no file; expected ../beside.txt.",
    ),
    "hidden": (
        "def f():\n    open('.a', 'w').write('b')",
        lambda f: written(f).writes(".a", "b"),
        "f() wrote no file; expected .a.",
    ),
    "too much": (
        f"def f():\n    open('a', 'w').write('b' * {MAX_FILE_BYTES + 1})",
        lambda f: written(f).writes("a", "b"),
        "f() wrote more than 1 MB in a.",
    ),
    "too many files": (
        f"def f():\n    for number in range({MAX_FILES + 1}):\n        open(f'a{{number}}', 'w').close()",
        lambda f: written(f).writes("a1", ""),
        f"f() wrote more than {MAX_FILES} files.",
    ),
    "many large ones": (
        f"def f():\n    for number in range(9):\n        open(f'a{{number}}', 'w').write('b' * {MAX_FILE_BYTES})",
        lambda f: written(f).writes("a8", "b"),
        "f() wrote more than 1 MB in a8.",
    ),
}


@pytest.mark.parametrize(("source", "state", "told"), WRITES.values(), ids=WRITES)
def test_what_a_function_writes(both: Both, source: str, state: State, told: str) -> None:
    assert both(source, state)[1] == told


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
@pytest.mark.parametrize("make", ["os.mkfifo('a')", "os.symlink('/etc/passwd', 'a')"])
def test_what_is_no_file_is_not_read(make: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    namespace: dict[str, Any] = {}
    exec(f"import os\ndef f():\n    {make}\n", namespace)
    assert written(namespace["f"]).files == {}


def test_contents_can_be_looked_at(both: Both) -> None:
    def state(f: Any) -> None:
        call = written(f, "\ufeffa,b\r\n1,2\r\n")
        assert call.file("out.csv") == "a,b\n1,2\n"
        assert call.data("out.csv").endswith(b"2\r\n")
        assert list(call.files) == ["out.csv"]
        assert (call.output, call.lines) == ("", [])

    source = (
        "def f(text):\n    with open('out.csv', 'w', newline='', encoding='utf-8') as file:\n        file.write(text)"
    )
    assert both(source, state) == ("", "")


def test_a_function_that_is_missing_is_told(both: Both) -> None:
    for state in (printed, written):
        kind, message, _ = outcome(state, None)
        assert (kind, message[:27]) == ("missing", "The function does not exist")


LIES = [
    *(None, 3, "text", (1,), (1, 2), (1, []), (1, [3]), (1, ["a" * (MAX_PRINTED + 2)])),
    *((1, ["", [["../a", b""]]]), (1, ["", [["/a", b""]]]), (1, ["", [["a", 3]]]), (1, ["", [["a"]]]), (1, ["", 3])),
    *((1, ["", [["a/../b", b""]]]), (1, ["", [["a" * 300, b""]]]), (1, ["", [["a", b"a" * (MAX_FILE_BYTES + 1)]]])),
    (1, ["", [["a", b""]] * (MAX_FILES + 2)]),
]


@pytest.mark.parametrize("lie", LIES, ids=range(len(LIES)))
def test_an_answer_that_no_operation_gives_is_a_program_that_ended(lie: Any) -> None:
    for kind in (Printed, Written):
        assert kind(lambda: lie, (), {}).error_kind == "crashed"


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
