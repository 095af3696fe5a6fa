"""Notebooks and `.py` files: whatever is in them, there are cells or one of the known problems."""

import json
from typing import Any

import pytest
from handed_in_samples import cells_or_problem, code, notebook

from capas.submission import MAX_BYTES, MAX_SOURCE_BYTES, plain_python
from capas.submission.answer import read_cells


@pytest.mark.parametrize(
    ("data", "source"),
    [
        (b"x = 1\n", "x = 1\n"),
        ("x = 'ñandú 🦤'\n".encode(), "x = 'ñandú 🦤'\n"),
        ("\ufeffx = 1\n".encode(), "x = 1\n"),
        (b"x = 1\r\ny = 2\r\n", "x = 1\ny = 2\n"),
        (b"x = 1\ry = 2\r", "x = 1\ny = 2\n"),
        (b"\n\nx = 1", "\n\nx = 1"),
        ("# coding: latin-1\nx = 'ñ'\n".encode("latin-1"), "# coding: latin-1\nx = 'ñ'\n"),
        ("#!/bin/python\n# -*- coding: cp1252 -*-\nx = '€'".encode("cp1252"), None),
        ("x = 'ñ'\r\ny = 2\r\n".encode("latin-1"), "x = 'ñ'\ny = 2\n"),
        ("# coding: utf-8\nx = 'ñ'\n".encode("latin-1"), "# coding: utf-8\nx = 'ñ'\n"),
        ("# coding: no-such-thing\nx = 'ñ'\n".encode("latin-1"), "# coding: no-such-thing\nx = 'ñ'\n"),
        ("# coding: utf-16\nx = 'ñ'\n".encode("latin-1"), "# coding: utf-16\nx = 'ñ'\n"),
        (b"# coding: undefined\nx = 1\n", "# coding: undefined\nx = 1\n"),
        (b"# coding: hex\nx = 1\n", "# coding: hex\nx = 1\n"),
        (b"\xef\xbb\xbf# coding: latin-1\nx = 1\n", "# coding: latin-1\nx = 1\n"),
        ("x = 'ñ'\n".encode("utf-16"), "x = 'ñ'\n"),
        ("x = 'ñ'\n".encode("utf-16-le"), "x = 'ñ'\n"),
        ("x = 'ñ'\n".encode("utf-32"), "x = 'ñ'\n"),
        ("x = '“€”'\n".encode("cp1252"), "x = '“€”'\n"),
        (b"# coding: unicode_escape\nx = '\\ud800'\n", "# coding: unicode_escape\nx = '?'\n"),
        (b"# only a comment", "# only a comment"),
        (b"def f(:\n", "def f(:\n"),
    ],
)
def test_a_python_file_is_one_cell_of_text(data: bytes, source: str | None) -> None:
    assert read_cells("softmax.py", data) == [data.decode("cp1252") if source is None else source]


@pytest.mark.parametrize("name", ["a.py", "a.ipynb", "a.zip", "a.pdf"])
@pytest.mark.parametrize("data", [b"", b" ", b"\n\r\n\t"])
def test_a_blank_file_is_empty(name: str, data: bytes) -> None:
    assert cells_or_problem(name, data) == "empty"


@pytest.mark.parametrize("name", ["a.py", "a.ipynb", "a.zip"])
def test_a_file_over_the_limit_is_too_large(name: str) -> None:
    assert cells_or_problem(name, b"#" * (MAX_BYTES + 1)) == "too_large"


def test_code_at_the_limit_is_read_and_more_is_not() -> None:
    assert len(read_cells("a.py", b"#" * MAX_SOURCE_BYTES)[0]) == MAX_SOURCE_BYTES
    assert cells_or_problem("a.py", b"#" * (MAX_SOURCE_BYTES + 1)) == "too_much_code"
    assert cells_or_problem("a.ipynb", notebook(code("#" * MAX_SOURCE_BYTES))) == "too_much_code"


@pytest.mark.parametrize("data", [b"x = 1\0", b"\x7fELF\0\0"])
def test_a_python_file_with_null_bytes_is_not_text(data: bytes) -> None:
    assert cells_or_problem("a.py", data) == "not_text"


def test_a_notebook_gives_its_code_cells_in_order() -> None:
    data = notebook(code("x = 1"), {"cell_type": "markdown", "source": "# y = 2"}, code("z = 3"))
    assert read_cells("a.ipynb", data) == ["x = 1", "z = 3"]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("x = 1\ny = 2", "x = 1\ny = 2"),
        (["x = 1\n", "y = 2"], "x = 1\ny = 2"),
        (["x = 1\n", None, 3, "y = 2"], "x = 1\ny = 2"),
        ("x = 'ñ 🦤'", "x = 'ñ 🦤'"),
        ("x = '\ud83e'", "x = '?'"),
        ("def f(:", "def f(:"),
    ],
)
def test_a_source_may_be_text_or_lines(source: Any, text: str) -> None:
    assert read_cells("a.ipynb", notebook(code(source))) == [text]


@pytest.mark.parametrize("source", ["", " \n", [], [""], None, 3, {}, [None]])
def test_a_code_cell_without_code_is_left_out(source: Any) -> None:
    assert read_cells("a.ipynb", notebook(code(source), code("x = 1"))) == ["x = 1"]


@pytest.mark.parametrize("cell", [None, 3, "code", [], {}, {"cell_type": None}, {"cell_type": ["code"], "source": "y"}])
def test_what_is_not_a_cell_is_left_out(cell: Any) -> None:
    assert read_cells("a.ipynb", notebook(cell, code("x = 1"))) == ["x = 1"]


def test_a_notebook_of_version_3_is_read() -> None:
    sheet = {"cells": [{"cell_type": "code", "input": ["x = 1\n", "y = 2"]}, {"cell_type": "heading", "source": "z"}]}
    data = json.dumps({"nbformat": 3, "metadata": {}, "worksheets": [sheet, {"cells": [code("w = 4")]}]}).encode()
    assert read_cells("a.ipynb", data) == ["x = 1\ny = 2", "w = 4"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_notebook_may_be_saved_in_any_unicode_encoding(encoding: str) -> None:
    text = json.dumps(json.loads(notebook(code("x = 'ñ'"))), ensure_ascii=False)
    assert read_cells("a.ipynb", text.encode(encoding)) == ["x = 'ñ'"]


@pytest.mark.parametrize(
    "data",
    [
        b"not json",
        notebook(code("x = 1")) + b"}",
        b"null",
        b"3",
        b'"cells"',
        b"[]",
        b"{}",
        b'{"cells": null}',
        b'{"cells": 3}',
        b'{"worksheets": null}',
        b'{"worksheets": [null]}',
        b'{"worksheets": [{}]}',
        b'{"worksheets": [{"cells": 1}]}',
        b'{"worksheets": ["cells"]}',
        b'{"cells": ' + b"9" * 5000 + b"}",
        b"\xff\xfe\x00",
    ],
)
def test_what_is_not_a_notebook_is_said_to_be_none(data: bytes) -> None:
    assert cells_or_problem("a.ipynb", data) == "not_a_notebook"


@pytest.mark.parametrize(
    "data",
    [
        notebook(),
        notebook({"cell_type": "markdown", "source": "x = 1"}),
        notebook(None),
        b'{"cells": {}}',
        b'{"cells": "code"}',
        b'{"worksheets": []}',
    ],
)
def test_a_notebook_without_code_cells_is_said_to_have_none(data: bytes) -> None:
    assert cells_or_problem("a.ipynb", data) == "no_code"


def test_a_notebook_whose_code_cells_are_blank_has_no_cells_to_run() -> None:
    assert read_cells("a.ipynb", notebook(code(""))) == []


@pytest.mark.parametrize(
    "metadata",
    [
        {"capas": {"role": "start"}},
        {"capas": {"role": "check"}},
        {"capas": {"role": 3}},
        {"tags": ["otter_ignore"]},
        {"tags": ["hide", "otter_ignore"]},
        {"tags": ["otter_ignore"], "capas": {"role": "stub"}},
    ],
)
def test_the_kits_own_cells_are_not_run(metadata: dict[str, Any]) -> None:
    assert read_cells("a.ipynb", notebook(code("x = 1"), code("1 / 0", **metadata))) == ["x = 1"]


@pytest.mark.parametrize(
    "metadata",
    [
        {},
        {"capas": {"role": "stub"}},
        {"capas": {"role": "given"}},
        {"capas": {"role": None}},
        {"capas": {}},
        {"capas": None},
        {"capas": "start"},
        {"tags": []},
        {"tags": "otter_ignore"},
        {"tags": None},
        {"otter_ignore": True},
    ],
)
def test_the_students_cells_are_run(metadata: dict[str, Any]) -> None:
    assert read_cells("a.ipynb", notebook(code("x = 1", **metadata))) == ["x = 1"]


@pytest.mark.parametrize("metadata", [None, [], "tags", 3])
def test_a_cell_with_no_proper_metadata_is_the_students(metadata: Any) -> None:
    assert read_cells("a.ipynb", notebook({**code("x = 1"), "metadata": metadata})) == ["x = 1"]


class Shell:
    """Keeps what is asked of ``get_ipython()``."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []

    def __getattr__(self, name: str) -> Any:
        return lambda *arguments: self.asked.append((name, *arguments)) or ["listed"]


@pytest.mark.parametrize(
    ("source", "asked"),
    [
        ("%matplotlib inline\nx = 1", [("run_line_magic", "matplotlib", "inline")]),
        ("!pip install numpy\nx = 1", [("system", "pip install numpy")]),
        ("files = !ls\nx = 1", [("getoutput", "ls")]),
        ("t = %timeit -o 1\nx = 1", [("run_line_magic", "timeit", "-o 1")]),
        ("x = 1\nlen?", [("run_line_magic", "pinfo", "len")]),
        ("?len\nx = 1", [("run_line_magic", "pinfo", "len")]),
        ("if True:\n    %time y = 2\nx = 1", [("run_line_magic", "time", "y = 2")]),
        ("%%time\nx = 1", [("run_cell_magic", "time", "", "x = 1\n")]),
        ("%%bash\nls -l\nrm x", [("run_cell_magic", "bash", "", "ls -l\nrm x\n")]),
        ("\n%%html\n<b>", [("run_cell_magic", "html", "", "<b>\n")]),
    ],
)
def test_magics_become_calls_of_the_shell(source: str, asked: list[tuple[Any, ...]]) -> None:
    (cell,) = read_cells("a.ipynb", notebook(code(source)))
    shell = Shell()
    namespace: dict[str, Any] = {"get_ipython": lambda: shell}
    exec(cell, namespace)
    assert shell.asked == asked
    assert ("x" in namespace) == (not source.strip().startswith("%%"))


@pytest.mark.parametrize(
    "source",
    [
        "    def f(a):\n        return a\n",
        "\n\tdef f(a):\n\t\treturn a\n",
        ">>> def f(a):\n...     return a\n",
        "In [7]: def f(a):\n   ...:     return a\n",
    ],
)
def test_a_cell_that_ipython_runs_though_python_would_not_is_run(source: str) -> None:
    (cell,) = read_cells("a.ipynb", notebook(code(source)))
    namespace: dict[str, Any] = {}
    exec(cell, namespace)
    assert namespace["f"](3) == 3


@pytest.mark.parametrize(
    "source",
    [
        "x = 5 % 3",
        "x = '''\n%matplotlib inline\n!ls\n'''",
        "# what?\nx = (5\n%3)",
        "def f(:\n    return 1",
        "x = '\0'",
        "",
        "(" * 10_000,
        "-" * 100_000 + "1",
    ],
)
def test_python_and_what_is_neither_stay_as_they_are(source: str) -> None:
    assert plain_python(source) == source


def test_a_megabyte_of_blank_lines_is_not_read_again_at_each_of_them() -> None:
    """It would take the better part of an hour."""
    source = "\n" * 2**20 + "def f(:"
    assert read_cells("a.py", source.encode()) == [source]
