"""A student's zip is the one work in it, or says why not."""

import struct
import tracemalloc

import pytest
from handed_in_samples import ONE, cells_or_problem, code, notebook, patched, tarred, zipped

from capas.submission import MAX_BYTES, MAX_ENTRIES
from capas.submission.answer import read_cells


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
        ({"inner.zip": zipped({"softmax.py": b"x = 1"})}, ["x = 1"]),
        ({"a.zip": zipped({"b.zip": zipped({"softmax.py": b"x = 1"})})}, ["x = 1"]),
        ({"work.tar.gz": tarred({"softmax.py": b"x = 1"})}, ["x = 1"]),
        ({"softmax.ipynb.txt": notebook(code("x = 1")), "notes.txt": b"hello"}, ["x = 1"]),
        ({"softmax": notebook(code("x = 1"))}, ["x = 1"]),
        ({"a.py": b"x = 1", "node_modules/b.py": b"y", "venv/lib/c.py": b"z"}, ["x = 1"]),
        ({"a.py": b"x = 1", **{f"node_modules/{number}.js": b"" for number in range(MAX_ENTRIES + 1)}}, ["x = 1"]),
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
        ({"essay.pdf": b"%PDF-1.7"}, "pdf"),
        ({"inner.zip": b"PK\3\4"}, "not_a_zip"),
        ({"a.ipynb": b"<!DOCTYPE html><html></html>"}, "web_page"),
        ({"__MACOSX/a.py": b"x = 1", ".hidden.py": b"x = 1"}, "zip_without_work"),
        ({f"{number}.txt": b"" for number in range(MAX_ENTRIES + 1)}, "zip_of_too_many"),
        ({"a.py": b""}, "empty"),
        ({"a.py": b"\0"}, "empty"),
        ({"a.py": b"x = 1\0"}, "not_text"),
        ({"a.ipynb": b"{}"}, "not_a_notebook"),
        ({"a.ipynb": notebook()}, "no_code"),
        ({"a.py": b"#" * (MAX_BYTES + 1)}, "too_large"),
    ],
)
def test_a_zip_that_cannot_be_read_says_why(files: dict[str, bytes], problem: str) -> None:
    assert cells_or_problem("handed_in.zip", zipped(files)) == problem


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
        ONE[:40] + bytes(byte ^ 0x5A for byte in ONE[40:60]) + ONE[60:],
    ],
    ids=[
        *("text", "only a magic number", "cut directory", "cut end", "cut start", "no local header"),
        *("wrong checksum", "unknown compression", "spoiled stream"),
    ],
)
def test_what_cannot_be_opened_is_not_a_zip(data: bytes) -> None:
    assert cells_or_problem("handed_in.zip", data) == "not_a_zip"


def test_a_zip_with_a_password_is_said_to_have_one() -> None:
    assert cells_or_problem("handed_in.zip", patched(ONE, 8, 6, struct.pack("<H", 1))) == "locked_zip"


@pytest.mark.parametrize("size", [0, 1, 2**31, 2**32 - 2])
@pytest.mark.parametrize(("central", "local"), [(20, 18), (24, 22)], ids=["packed", "unpacked"])
def test_a_zip_that_lies_about_the_size_of_its_work_is_read_no_further(size: int, central: int, local: int) -> None:
    lying = patched(ONE, central, local, struct.pack("<I", size))
    assert cells_or_problem("handed_in.zip", lying) in (["x = 1\n" * 1000], "not_a_zip", "empty")


def test_a_zip_bomb_is_too_large_and_is_not_unpacked_to_its_end() -> None:
    bomb = zipped({"a.py": bytes(5 * MAX_BYTES)})
    assert len(bomb) < 600_000
    tracemalloc.start()
    try:
        assert cells_or_problem("handed_in.zip", bomb) == "too_large"
        assert tracemalloc.get_traced_memory()[1] < 3 * MAX_BYTES
    finally:
        tracemalloc.stop()
