"""What a file is, is told by its contents; what it is instead of an answer has a sentence of its own."""

import tracemalloc

import pytest
from handed_in_samples import cells_or_problem, code, notebook, zipped

from capas.submission import PROBLEMS, Problem, problem_text
from capas.submission.answer import read_cells


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("problem", sorted(PROBLEMS))
def test_every_problem_has_a_sentence_in_both_languages(problem: Problem, language: str) -> None:
    values = {name: f"<{name}>" for name in ("file", "other", "stage")}
    text = problem_text(language, problem, values)
    assert text
    assert "{" not in text


@pytest.mark.parametrize("name", ["a.py", "a.PY", "A.Py", "folder/a.py", "á ñ.py"])
def test_the_end_of_a_name_says_what_a_file_is(name: str) -> None:
    assert read_cells(name, b"x = 1") == ["x = 1"]


@pytest.mark.parametrize("name", ["a.txt", "a.pdf", "a", ".py", "a.py.txt", "", "py", "a.ipynb", "a.ipynb.html"])
def test_python_is_python_under_any_name(name: str) -> None:
    assert read_cells(name, b"x = 1") == ["x = 1"]


@pytest.mark.parametrize("name", ["a.ipynb.txt", "a.ipynb.json", "a", "a.py", "a.pdf", "a.zip"])
def test_a_notebook_is_a_notebook_under_any_name(name: str) -> None:
    assert read_cells(name, notebook(code("x = 1"))) == ["x = 1"]


@pytest.mark.parametrize("name", ["a.txt", "a.pdf", "a", "a.md"])
@pytest.mark.parametrize("data", [b"Dear teacher,\nI could not do it.\n", b"1,2\n3,4\n", b"\x00\x01\x02\x03\x04\x05"])
def test_other_files_are_of_the_wrong_type(name: str, data: bytes) -> None:
    assert cells_or_problem(name, data) == "wrong_type"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (notebook(code("x = 1"))[:-10], "cut_off"),
        (notebook(code("x = 1"))[:40], "cut_off"),
        (notebook(code("x = 1")).replace(b"{", b"{\n<<<<<<< HEAD\n", 1), "conflict"),
        (b'{"cells": ' + b"[" * 100, "cut_off"),
        (b"<html>Sign in</html>", "web_page"),
        (b"\n<!-- saved -->\n<!DOCTYPE html>\n<title>x</title>", "web_page"),
        (b'<!DOCTYPE html><body class="jp-Notebook"><pre>x = 1</pre>', "exported_page"),
        (b"%PDF-1.7 \xe2\xe3", "pdf"),
        (b"[InternetShortcut]\r\nURL=https://example.org\r\n", "shortcut"),
        (b'{"url": "https://docs.example.org/x", "doc_id": "1", "email": "a@example.org"}', "shortcut"),
        (
            b'<?xml version="1.0"?>\n<plist version="1.0"><dict><key>URL</key><string>x</string></dict></plist>',
            "shortcut",
        ),
        (b"[Desktop Entry]\nType=Link\nURL=https://example.org\n", "shortcut"),
        (b"https://colab.example.org/drive/1x\n", "shortcut"),
        (b"L\0\0\0\x01\x14\x02\0\0\0", "shortcut"),
        (zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<w/>"}), "word_file"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "word_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "word_file"),
        (b"{\\rtf1\\ansi x}", "word_file"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\0\0\0\x18ftypheic", "image"),
        (b"Rar!\x1a\x07\x01\0", "other_archive"),
        (b"7z\xbc\xaf\x27\x1c\0\x04", "other_archive"),
    ],
)
@pytest.mark.parametrize("name", ["a.ipynb", "a.py", "a", "a.txt"])
def test_what_is_often_handed_in_instead_is_called_what_it_is(name: str, data: bytes, problem: str) -> None:
    assert cells_or_problem(name, data) == problem


def test_a_notebook_with_a_lot_of_output_is_read_for_its_sources() -> None:
    cell = code("x = 1")
    cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["y" * 1000] * 30_000}]
    odd = {"output_type": "display_data", "data": {"application/json": [float("nan"), float("-inf"), "\ud83d"]}}
    for outputs in (cell["outputs"], [odd]):
        data = notebook({**cell, "outputs": outputs}, code("s = 'NaN \\ud800 \ud800'"))
        tracemalloc.start()
        try:
            assert read_cells("a.ipynb", data) == ["x = 1", "s = 'NaN \\ud800 ?'"]
            assert tracemalloc.get_traced_memory()[1] < 4 * len(data) + 2**20
        finally:
            tracemalloc.stop()
