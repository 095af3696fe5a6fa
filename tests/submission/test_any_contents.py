"""Whatever the bytes, there are cells or one of the known problems."""

import codecs
import io
import json
import random
import zipfile
from typing import Any

import pytest
from handed_in_samples import cells_or_problem, code, notebook
from hypothesis import example, given
from hypothesis import strategies as st

from capas.submission import (
    PROBLEMS,
)


def is_cells_or_a_problem(name: str, data: bytes) -> bool:
    """Tell whether ``data`` is read as cells that can be sent to a sandbox, or has a known problem."""
    read = cells_or_problem(name, data)
    return read in PROBLEMS if isinstance(read, str) else all(isinstance(cell.encode(), bytes) for cell in read)


suffixes = st.sampled_from([".py", ".ipynb", ".zip", ".txt", ""])


@pytest.mark.parametrize("mark", [codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
@pytest.mark.parametrize("suffix", [".py", ".ipynb", ".txt"])
def test_nothing_but_the_mark_of_an_encoding_is_empty(suffix: str, mark: bytes) -> None:
    assert cells_or_problem(f"a{suffix}", mark) == "empty"


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
