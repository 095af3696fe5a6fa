"""The files that a function writes are the same here as in a sandbox, and say the same; whatever a program does."""

import os
from pathlib import Path
from typing import Any

import pytest
from here_and_there import Both, State
from sandbox_calls import Start

from capas.sandbox import Proxy
from capas_check import CheckFailure
from capas_check.output import Printed, Written, printed, written
from capas_check.printing import MAX_BYTES, MAX_FILE_BYTES, MAX_FILES, MAX_PRINTED

NOTHING = "def f():\n    pass\n"
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


HOSTILE = {
    "ten thousand files": "def f():\n    for number in range(10_000):\n        open(f'a{number}', 'w').close()",
    "a file of a gigabyte": "def f():\n    with open('a', 'wb') as file:\n        for _ in range(1000):\n"
    "            file.write(b'x' * 10**6)",
    "folders without end": "import os\ndef f():\n    for _ in range(500):\n"
    "        os.mkdir('a')\n        os.chdir('a')",
    "a gigabyte on the screen": "def f():\n    for _ in range(1000):\n        print('x' * 10**6)",
    "no folder to look in": "import os\ndef f():\n    os.mkdir('a')\n    os.chmod('a', 0)",
    "a closed screen": "import sys\ndef f():\n    sys.stdout.close()",
    "another screen": "import sys\ndef f():\n    sys.stdout = None\n    sys.stdout = object()",
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE)
def test_whatever_a_program_does_what_comes_is_bounded(start: Start, source: str) -> None:
    sandbox = start(source, "def g():\n    print('b')\n    return 2")
    call = written(Proxy(sandbox.call, "f"))
    with pytest.raises(CheckFailure):
        call.writes("right", "1")
    assert sum(len(data or b"") for data in vars(call).get("_files", {}).values()) <= MAX_BYTES
    if not sandbox.dead:
        printed(Proxy(sandbox.call, "g")).prints("b").returns(2)
