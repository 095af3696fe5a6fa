"""Reading what students hand in: whatever it is, there are cells or one of the known problems."""

import hashlib
import io
import json
import os
import random
import struct
import tracemalloc
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from capas.files import UserError
from capas.submission import (
    MAX_BYTES,
    MAX_ENTRIES,
    PROBLEMS,
    Contents,
    DiskFile,
    SubmissionFile,
    Unreadable,
    list_submissions,
    plain_python,
    read_cells,
    read_submission,
)


def cells_or_problem(name: str, data: bytes) -> list[str] | str:
    try:
        return read_cells(name, data)
    except Unreadable as error:
        return error.problem


def code(source: Any, **metadata: Any) -> dict[str, Any]:
    return {"cell_type": "code", "source": source, "metadata": metadata, "outputs": [], "execution_count": None}


def notebook(*cells: Any) -> bytes:
    return json.dumps({"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def zipped(files: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def names(found: list[SubmissionFile]) -> list[tuple[str, str]]:
    return [(one.id, one.file) for one in found]


@pytest.mark.parametrize("problem", PROBLEMS)
def test_every_problem_is_told_in_both_languages(problem: str) -> None:
    assert set(PROBLEMS[problem]) == {"es", "en"}
    assert all(PROBLEMS[problem].values())


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
        (b"\xef\xbb\xbf# coding: latin-1\nx = 1\n", "\xef\xbb\xbf# coding: latin-1\nx = 1\n"),
        (b"# coding: unicode_escape\nx = '\\ud800'\n", "# coding: unicode_escape\nx = '?'\n"),
        (b"# only a comment", "# only a comment"),
        (b"def f(:\n", "def f(:\n"),
    ],
)
def test_a_python_file_is_one_cell_of_text(data: bytes, source: str | None) -> None:
    assert read_cells("softmax.py", data) == [data.decode("cp1252") if source is None else source]


@pytest.mark.parametrize("name", ["a.py", "a.PY", "A.Py", "folder/a.py", "á ñ.py"])
def test_the_end_of_a_name_says_what_a_file_is(name: str) -> None:
    assert read_cells(name, b"x = 1") == ["x = 1"]


@pytest.mark.parametrize("name", ["a.txt", "a.pdf", "a", ".py", "a.py.txt", "a.pyc", "", "py", "a.ipynb.html"])
def test_other_files_are_of_the_wrong_type(name: str) -> None:
    assert cells_or_problem(name, b"x = 1") == "wrong_type"


@pytest.mark.parametrize("name", ["a.py", "a.ipynb", "a.zip", "a.pdf"])
@pytest.mark.parametrize("data", [b"", b" ", b"\n\r\n\t"])
def test_a_blank_file_is_empty(name: str, data: bytes) -> None:
    assert cells_or_problem(name, data) == "empty"


@pytest.mark.parametrize("name", ["a.py", "a.ipynb", "a.zip"])
def test_a_file_over_the_limit_is_too_large(name: str) -> None:
    assert cells_or_problem(name, b"#" * (MAX_BYTES + 1)) == "too_large"


def test_a_file_at_the_limit_is_read() -> None:
    assert len(read_cells("a.py", b"#" * MAX_BYTES)[0]) == MAX_BYTES


@pytest.mark.parametrize("data", [b"x = 1\0", b"\x7fELF\0\0", "x = 1".encode("utf-16"), "x = 1".encode("utf-32-le")])
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
        notebook(code("x = 1"))[:-10],
        notebook(code("x = 1")) + b"}",
        b"<html>Sign in</html>",
        b"%PDF-1.7 \xe2\xe3",
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
        b'{"cells": ' + b"[" * 100_000,
        b'{"cells": ' + b"9" * 5000 + b"}",
        b"\xff\xfe\x00",
        "x = 'ñ'".encode("latin-1"),
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


@pytest.mark.parametrize(
    ("files", "cells"),
    [
        ({"softmax.py": b"x = 1"}, ["x = 1"]),
        ({"SOFTMAX.PY": b"x = 1"}, ["x = 1"]),
        ({"softmax.ipynb": notebook(code("x = 1"))}, ["x = 1"]),
        ({"a/b/c/softmax.py": b"x = 1"}, ["x = 1"]),
        ({"a/": b"", "a/softmax.py": b"x = 1"}, ["x = 1"]),
        ({"softmax.ipynb": notebook(code("x = 1")), "help.py": b"y = 2", "more.py": b"z = 3"}, ["x = 1"]),
        ({"softmax.py": b"x = 1", "report.pdf": b"%PDF", "data.csv": b"1,2"}, ["x = 1"]),
        ({"softmax.py": b"x = 1", "__MACOSX/._softmax.py": b"\0\5\x16\7", "._softmax.py": b"\0\5"}, ["x = 1"]),
        ({"a.ipynb": notebook(code("x = 1")), ".ipynb_checkpoints/a-checkpoint.ipynb": b"{}"}, ["x = 1"]),
        ({"a.py": b"x = 1", "__pycache__/b.py": b"y", ".git/hooks/c.py": b"z"}, ["x = 1"]),
        ({"softmax.py": b"x = 1", "again.zip": zipped({"softmax.py": b"x = 2"})}, ["x = 1"]),
        ({"/etc/softmax.py": b"x = 1"}, ["x = 1"]),
        ({"C:\\work\\softmax.py": b"x = 1"}, ["x = 1"]),
        ({"ñandú 🦤.py": "x = 'ñ'".encode()}, ["x = 'ñ'"]),
        ({"line\nbreak.py": b"x = 1"}, ["x = 1"]),
    ],
)
def test_a_zip_of_one_work_is_that_work(files: dict[str, bytes], cells: list[str]) -> None:
    assert read_cells("handed_in.zip", zipped(files)) == cells


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({}, "zip_without_work"),
        ({"readme.txt": b"hello"}, "zip_without_work"),
        ({"folder.py/": b""}, "zip_without_work"),
        ({"inner.zip": zipped({"a.py": b"x = 1"})}, "zip_without_work"),
        ({"__MACOSX/a.py": b"x = 1", ".hidden.py": b"x = 1"}, "zip_without_work"),
        ({"a.py": b"x = 1", "b.py": b"x = 2"}, "zip_with_several"),
        ({"a.ipynb": notebook(code("x")), "b/a.ipynb": notebook(code("x"))}, "zip_with_several"),
        ({f"{number}.txt": b"" for number in range(MAX_ENTRIES + 1)}, "zip_with_several"),
        ({"a.py": b""}, "empty"),
        ({"a.py": b"\0"}, "not_text"),
        ({"a.ipynb": b"{}"}, "not_a_notebook"),
        ({"a.ipynb": notebook()}, "no_code"),
        ({"a.py": b"#" * (MAX_BYTES + 1)}, "too_large"),
    ],
)
def test_a_zip_that_cannot_be_read_says_why(files: dict[str, bytes], problem: str) -> None:
    assert cells_or_problem("handed_in.zip", zipped(files)) == problem


def patched(data: bytes, central_offset: int, local_offset: int, field: bytes) -> bytes:
    """Return a zip of one entry with a field of its two headers replaced."""
    spoiled = bytearray(data)
    central, local = data.rindex(b"PK\1\2"), data.index(b"PK\3\4")
    spoiled[central + central_offset : central + central_offset + len(field)] = field
    spoiled[local + local_offset : local + local_offset + len(field)] = field
    return bytes(spoiled)


ONE = zipped({"a.py": b"x = 1\n" * 1000})


@pytest.mark.parametrize(
    "data",
    [
        b"not a zip",
        b"PK\3\4",
        b"PK\5\6" + bytes(17),
        ONE[:-30],
        ONE[40:],
        ONE.replace(b"PK\3\4", b"PK\7\7"),
        patched(ONE, 16, 14, b"\0\0\0\0"),
        patched(ONE, 10, 8, struct.pack("<H", 99)),
        patched(ONE, 8, 6, struct.pack("<H", 1)),
        ONE[:40] + bytes(byte ^ 0x5A for byte in ONE[40:60]) + ONE[60:],
    ],
    ids=[
        *("text", "only a magic number", "cut directory", "cut end", "cut start", "no local header"),
        *("wrong checksum", "unknown compression", "encrypted", "spoiled stream"),
    ],
)
def test_what_cannot_be_opened_is_not_a_zip(data: bytes) -> None:
    assert cells_or_problem("handed_in.zip", data) == "not_a_zip"


@pytest.mark.parametrize("size", [0, 1, 2**31, 2**32 - 2])
@pytest.mark.parametrize(("central", "local"), [(20, 18), (24, 22)], ids=["packed", "unpacked"])
def test_a_zip_that_lies_about_the_size_of_its_work_is_read_no_further(size: int, central: int, local: int) -> None:
    lying = patched(ONE, central, local, struct.pack("<I", size))
    assert cells_or_problem("handed_in.zip", lying) in (["x = 1\n" * 1000], "not_a_zip", "empty")


def test_a_zip_bomb_is_too_large_and_is_not_unpacked_to_its_end() -> None:
    bomb = zipped({"a.py": bytes(5 * MAX_BYTES)})
    assert len(bomb) < 200_000
    tracemalloc.start()
    try:
        assert cells_or_problem("handed_in.zip", bomb) == "too_large"
        assert tracemalloc.get_traced_memory()[1] < 3 * MAX_BYTES
    finally:
        tracemalloc.stop()


def is_cells_or_a_problem(name: str, data: bytes) -> bool:
    """Tell whether ``data`` is read as cells that can be sent to a sandbox, or has a known problem."""
    read = cells_or_problem(name, data)
    return read in PROBLEMS if isinstance(read, str) else all(cell.encode() for cell in read)


suffixes = st.sampled_from([".py", ".ipynb", ".zip", ".txt", ""])


@given(suffixes, st.binary(max_size=300))
def test_arbitrary_bytes_are_cells_or_a_problem(suffix: str, data: bytes) -> None:
    assert is_cells_or_a_problem(f"a{suffix}", data)


@given(suffixes, st.text(max_size=300))
@example(".py", "x?\n%")
@example(".py", "%%\n")
def test_arbitrary_text_is_cells_or_a_problem(suffix: str, text: str) -> None:
    assert is_cells_or_a_problem(f"a{suffix}", text.encode())


encodings = st.sampled_from(
    [
        *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "utf-7", "ascii", "latin-1", "cp1252", "big5", "hz"),
        *("idna", "punycode", "undefined", "charmap", "unicode_escape", "raw_unicode_escape", "rot13", "hex", "zlib"),
        *("aliases", "mbcs", "no-such-thing"),
    ]
)


@given(encodings, st.binary(max_size=100) | st.sampled_from([b"'+2AA-'", b"'\\ud800'", b"\\x", b"xn--a", b"-"]))
def test_any_declared_encoding_gives_cells_or_a_problem(encoding: str, data: bytes) -> None:
    assert is_cells_or_a_problem("a.py", b"# coding: " + encoding.encode() + b"\n" + data)


@given(
    st.lists(st.sampled_from([*"%!?=x1 \n\t()'\"#:\\", "%%", "def f():\n", "!ls", "x = %time 1", "\r\n"]), max_size=20)
)
def test_any_mixture_of_magics_gives_text(pieces: list[str]) -> None:
    assert is_cells_or_a_problem("a.ipynb", notebook(code("".join(pieces))))


keys = st.sampled_from(["cells", "worksheets", "cell_type", "source", "input", "metadata", "tags", "capas", "role"])
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["code", "x = 1", "\ud800"]),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(keys, inside),
    max_leaves=15,
)


@given(json_values)
def test_any_json_is_cells_or_a_problem(value: Any) -> None:
    assert is_cells_or_a_problem("a.ipynb", json.dumps(value).encode())
    assert is_cells_or_a_problem(
        "a.ipynb", json.dumps({"cells": [value, {"cell_type": "code", "source": value}]}).encode()
    )


@given(st.integers(0, 2**32), st.integers(1, 6), st.sampled_from(["a.py", "a.ipynb", "b/a.PY"]), st.integers(0, 3))
def test_a_spoiled_zip_is_cells_or_a_problem(seed: int, times: int, name: str, method: int) -> None:
    file = io.BytesIO()
    kinds = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
    with zipfile.ZipFile(file, "w", kinds[method]) as archive:
        archive.writestr(name, notebook(code("x = 1")))
    data, dice = bytearray(file.getvalue()), random.Random(seed)
    for _ in range(times):
        at = dice.randrange(len(data))
        match dice.randrange(3):
            case 0:
                data[at] = dice.randrange(256)
            case 1:
                data[at:at] = dice.randbytes(dice.randrange(1, 9))
            case _ if len(data) > 40:
                del data[at : at + dice.randrange(1, 9)]
    assert is_cells_or_a_problem("handed_in.zip", bytes(data))


def test_a_submission_has_its_digest_and_its_cells(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"x = 1")
    submission = read_submission(list_submissions([tmp_path / "a.py"])[0])
    assert (submission.id, submission.file, submission.cells, submission.problem) == ("a", "a.py", ["x = 1"], "")
    assert submission.sha256 == hashlib.sha256(b"x = 1").hexdigest()


def test_an_unreadable_submission_is_a_submission_with_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_bytes(b"not json")
    submission = read_submission(list_submissions([tmp_path])[0])
    assert (submission.cells, submission.problem) == ([], "not_a_notebook")
    assert len(submission.sha256) == 64


def test_a_file_over_the_limit_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    submission = read_submission(SubmissionFile("a", "a.py", DiskFile(str(path))))
    assert (submission.problem, submission.sha256) == ("too_large", "")


def test_a_submission_without_bytes_is_empty() -> None:
    assert read_submission(SubmissionFile("a", "a.py", Contents(b""))).problem == "empty"


def fill(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def test_files_are_submissions_in_the_order_given(tmp_path: Path) -> None:
    fill(tmp_path, {"b.py": b"x", "a.ipynb": b"{}", "c.zip": zipped({"x.py": b"x"})})
    found = list_submissions([tmp_path / "b.py", tmp_path / "a.ipynb", tmp_path / "c.zip"])
    assert names(found) == [("b", "b.py"), ("a", "a.ipynb"), ("c", "c.zip")]


def test_a_file_of_the_wrong_type_that_was_named_gets_a_result_too(tmp_path: Path) -> None:
    found = list_submissions([fill(tmp_path, {"essay.pdf": b"%PDF"}) / "essay.pdf"])
    assert names(found) == [("essay", "essay.pdf")]
    assert read_submission(found[0]).problem == "wrong_type"


def test_a_folder_is_searched_with_its_subfolders(tmp_path: Path) -> None:
    fill(
        tmp_path,
        {
            "zoe.py": b"x = 1",
            "ana/softmax.ipynb": b"{}",
            "eva/deep/work.zip": b"PK",
            "luis.pdf": b"%PDF",
            "ana/data.csv": b"1,2",
            "raul/essay.docx": b"PK",
            "ana/.ipynb_checkpoints/softmax-checkpoint.ipynb": b"{}",
            "eva/__MACOSX/._work.py": b"",
            "eva/__pycache__/work.py": b"",
            ".hidden/work.py": b"",
            "._zoe.py": b"",
        },
    )
    assert names(list_submissions([tmp_path])) == [
        ("softmax", "softmax.ipynb"),
        ("work", "work.zip"),
        ("luis", "luis.pdf"),
        ("essay", "essay.docx"),
        ("zoe", "zoe.py"),
    ]


def test_a_file_of_another_kind_has_a_result_too(tmp_path: Path) -> None:
    fill(tmp_path, {"luis.pdf": b"%PDF", "ana.py": b"x = 1"})
    problems = {one.id: read_submission(one).problem for one in list_submissions([tmp_path])}
    assert problems == {"luis": "wrong_type", "ana": ""}


def test_a_name_that_is_not_unicode_is_kept_as_far_as_it_is(tmp_path: Path) -> None:
    Path(os.fsdecode(bytes(tmp_path) + b"/Mu\xf1oz.py")).write_bytes(b"x = 1")
    (found,) = list_submissions([tmp_path])
    assert (found.id, found.file) == ("Mu_oz", "Mu?oz.py")
    assert read_submission(found).cells == ["x = 1"]


def test_a_folder_called_like_a_file_is_no_submission(tmp_path: Path) -> None:
    fill(tmp_path, {"folder.py/inside.py": b"x = 1"})
    assert names(list_submissions([tmp_path])) == [("inside", "inside.py")]


def test_files_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    fill(tmp_path, {"ana/softmax.py": b"x", "eva/softmax.py": b"x", "eva/other.py": b"x"})
    assert [one.id for one in list_submissions([tmp_path])] == ["ana_softmax", "other", "eva_softmax"]


def test_files_that_folders_do_not_tell_apart_are_numbered(tmp_path: Path) -> None:
    fill(tmp_path, {"one/a.py": b"x", "two/a.py": b"x", "three/A.ipynb": b"x", "three/a.ipynb": b"x"})
    paths = [tmp_path / name for name in ("one/a.py", "two/a.py", "three/A.ipynb", "three/a.ipynb")]
    assert [one.id for one in list_submissions(paths)] == ["a", "a-2", "A-3", "a-4"]


def test_a_zip_of_several_is_a_class(tmp_path: Path) -> None:
    data = zipped(
        {
            "garcia_1_softmax.ipynb": notebook(code("x = 1")),
            "perez_2_softmax.py": b"x = 2",
            "lopez_3_softmax.zip": zipped({"a.py": b"x = 3"}),
            "ruiz_4.pdf": b"%PDF",
            "folder/": b"",
            "__MACOSX/._x.py": b"",
        }
    )
    found = list_submissions([fill(tmp_path, {"class.zip": data}) / "class.zip"])
    assert [one.id for one in found] == ["garcia_1_softmax", "perez_2_softmax", "lopez_3_softmax", "ruiz_4"]
    assert [read_submission(one).cells for one in found] == [["x = 1"], ["x = 2"], ["x = 3"], []]


@pytest.mark.parametrize(
    "data", [zipped({"a.py": b"x = 1"}), zipped({}), b"no zip", ONE[:-30], zipped({"a.txt": b"", "b.txt": b""})]
)
def test_any_other_zip_is_one_submission(tmp_path: Path, data: bytes) -> None:
    assert names(list_submissions([fill(tmp_path, {"work.zip": data}) / "work.zip"])) == [("work", "work.zip")]


def test_a_class_with_a_spoiled_stream_does_not_stop_the_search(tmp_path: Path) -> None:
    data = zipped({"a.py": b"x = 1\n" * 1000, "b.py": b"x = 2"})
    spoiled = data[:40] + bytes(byte ^ 0x5A for byte in data[40:60]) + data[60:]
    assert list_submissions([fill(tmp_path, {"class.zip": spoiled}) / "class.zip"])


def test_a_class_inside_a_folder_is_one_submission(tmp_path: Path) -> None:
    fill(tmp_path, {"ana/both.zip": zipped({"a.py": b"x", "b.py": b"x"})})
    found = list_submissions([tmp_path])
    assert names(found) == [("both", "both.zip")]
    assert read_submission(found[0]).problem == "zip_with_several"


@pytest.mark.parametrize("name", ["nothing", "nothing.py", "nothing.zip"])
def test_a_path_that_does_not_exist_is_said(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match=f"{name} does not exist"):
        list_submissions([fill(tmp_path, {"a.py": b"x"}) / "a.py", tmp_path / name])


@pytest.mark.parametrize("files", [{}, {"notes.txt": b"x"}, {".a.py": b"x"}, {"__pycache__/a.py": b"x"}])
def test_a_folder_with_nothing_to_grade_is_said(tmp_path: Path, files: dict[str, bytes]) -> None:
    with pytest.raises(UserError, match="nothing to grade in"):
        list_submissions([fill(tmp_path, files)])


@pytest.mark.parametrize(
    ("name", "identity"),
    [
        ("softmax.py", "softmax"),
        ("José Nuñez-3.ipynb", "José_Nuñez-3"),
        ("tarea (1).py", "tarea_1"),
        ("🦤🦤.py", "submission"),
        ("a🦤b.py", "a_b"),
        ("v1.2 final.py", "v1.2_final"),
        ("a;rm -rf $HOME.py", "a_rm_-rf_HOME"),
        ("=cmd|' '!A1.py", "cmd_A1"),
        ("宿題.py", "宿題"),
        ("x" * 200 + ".py", "x" * 100),
    ],
)
def test_an_id_keeps_what_is_safe_in_a_file_name(tmp_path: Path, name: str, identity: str) -> None:
    assert names(list_submissions([fill(tmp_path, {name: b"x"})])) == [(identity, name)]


alike = st.sampled_from(
    ["a", "A", "a-2", "b/a", "b/a-2", "b_a", "ß", "ss", "ñ", "n\u0303", "_", "🦤", "宿" * 120, "𝒜" * 99]
)


stems = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=20)


@given(st.lists(stems | alike, min_size=2, max_size=8, unique=True))
@example(["宿" * 100, "b/" + "宿" * 100, "c/" + "宿" * 100])
def test_ids_are_unique_and_safe_in_file_names(stems: list[str]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "class.zip")
        path.write_bytes(zipped({f"{stem}.py": b"x = 1" for stem in stems}))
        identities = [one.id for one in list_submissions([path])]
    assert len({identity.casefold() for identity in identities}) == len(identities)
    for identity in identities:
        assert identity
        assert not set(identity) & set('/\\\0\n :*?"<>|')
        assert not identity.startswith((".", "_"))
        assert len(f".{identity}.json.new".encode()) <= 255
