"""The answer among many files: known by what it defines, whatever the files are called and in whatever order."""

import io
import zipfile
from typing import Any

import pytest
from handed_in_samples import code, notebook, tarred, zipped
from hypothesis import given, settings
from hypothesis import strategies as st

from capas.submission import (
    PROBLEMS,
    Contents,
    Sought,
    StageNames,
    SubmissionFile,
    Unreadable,
)
from capas.submission import read_submission as read
from capas.submission.answer import read_answer
from capas.submission.definitions import definitions, without_stubs_below

SOUGHT = Sought(
    "03_softmax",
    StageNames(("softmax", "predict")),
    {"02": StageNames(("tanh", "relu")), "04": StageNames(("forward", "errors"), ("softmax",))},
)
STUB = b'import numpy as np\n\ndef softmax(a):\n    """Text."""\n    ...\n\ndef predict(p):\n    """Text."""\n    ...\n'
DONE = b"def softmax(a):\n    return a\n\ndef predict(p):\n    return 0\n"
HALF = b"def softmax(a):\n    return a\n\ndef predict(p):\n    ...\n"
OTHER = b"def tanh(a):\n    return a\n\ndef relu(a):\n    ...\n"
CHECK = b"import capas_check\n\ncapas_check.main()\n"


def as_notebook(source: bytes) -> bytes:
    return notebook(code(source.decode()))


def dated(files: dict[str, tuple[bytes, int]]) -> bytes:
    """Return a zip of files with the year in which each was written."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, (content, year) in files.items():
            archive.writestr(zipfile.ZipInfo(name, (year, 1, 1, 0, 0, 0)), content)
    return data.getvalue()


@pytest.mark.parametrize(
    ("files", "chosen"),
    [
        ({"softmax.ipynb": as_notebook(STUB), "softmax.py": DONE}, "softmax.py"),
        ({"softmax.ipynb": as_notebook(DONE), "softmax.py": STUB}, "softmax.ipynb"),
        ({"softmax.ipynb": as_notebook(STUB), "softmax (1).ipynb": as_notebook(DONE)}, "softmax (1).ipynb"),
        ({"softmax.ipynb": as_notebook(HALF), "final.ipynb": as_notebook(DONE)}, "final.ipynb"),
        ({"softmax.ipynb": as_notebook(DONE), "activations.ipynb": as_notebook(OTHER)}, "softmax.ipynb"),
        ({"a.py": DONE, "check.py": CHECK, "capas_check/__init__.py": b"def main(): 0\n"}, "a.py"),
        ({"a.py": DONE, "tests/softmax.py": b'name = "softmax"\n@test_case()\ndef test(softmax): 0\n'}, "a.py"),
        ({"a.ipynb": as_notebook(DONE), "a_old.ipynb": as_notebook(DONE)}, "a.ipynb"),
        ({"v1.ipynb": as_notebook(DONE), "v2.ipynb": as_notebook(DONE)}, "v2.ipynb"),
        ({"a_2.py": DONE, "a_10.py": DONE, "a.py": DONE}, "a_10.py"),
        ({"a-1.py": DONE, "a.py": DONE, "a_copia_2.py": DONE}, "a-1.py"),
        ({"a (3).ipynb": as_notebook(DONE), "a_FINAL.ipynb": as_notebook(DONE)}, "a_FINAL.ipynb"),
        ({"final v1.py": DONE, "final v3.py": DONE, "intento2.py": DONE}, "final v3.py"),
        ({"a.ipynb": b"<!DOCTYPE html>", "b.py": DONE}, "b.py"),
        ({"x/deep/softmax.txt": DONE, "README.md": b"# Read me\n"}, "x/deep/softmax.txt"),
        ({"in.zip": zipped({"softmax.py": DONE}), "softmax.ipynb": as_notebook(STUB)}, "in.zip/softmax.py"),
        ({"in.tar.gz": tarred({"softmax.py": DONE}), "softmax.py": STUB}, "in.tar.gz/softmax.py"),
        ({"softmax.py": STUB, "notes.py": b"x = 1\n"}, "softmax.py"),
    ],
)
def test_the_file_with_the_answers_is_chosen(files: dict[str, bytes], chosen: str) -> None:
    for order in (list(files.items()), list(files.items())[::-1]):
        assert read_answer("handed_in.zip", zipped(dict(order)), SOUGHT).code.chosen == chosen
    assert read_answer("handed_in.tar.gz", tarred(files), SOUGHT).code.chosen == chosen


def test_of_equal_answers_the_one_worked_on_last_is_graded_and_the_others_are_named() -> None:
    files = {"b.ipynb": (as_notebook(DONE), 2024), "a.ipynb": (as_notebook(DONE), 2023), "c.py": (STUB, 2025)}
    answer = read_answer("x.zip", dated(files), SOUGHT).code
    assert (answer.chosen, answer.others) == ("b.ipynb", ["a.ipynb"])
    assert [note.key for note in answer.notes] == ["note_graded_of_several"]


def test_answers_that_only_another_file_has_are_named() -> None:
    other = b"def predict(p):\n    return 0\n"
    answer = read_answer("x.zip", zipped({"parte1.ipynb": as_notebook(HALF), "parte2.py": other}), SOUGHT).code
    notes = {note.key: note.values for note in answer.notes}
    assert (answer.chosen, answer.others) == ("parte1.ipynb", ["parte2.py"])
    assert notes["note_graded_of_several"]["others"] == "parte2.py"
    assert notes["note_answers_elsewhere"] == {"names": "`predict`", "file": "parte2.py", "chosen": "parte1.ipynb"}


@pytest.mark.parametrize("beside", [{}, {"w/softmax.ipynb": as_notebook(STUB)}, {"w/other.ipynb": as_notebook(OTHER)}])
def test_a_copy_that_jupyter_keeps_is_graded_where_nothing_else_has_answers(beside: dict[str, bytes]) -> None:
    copy = {"w/.ipynb_checkpoints/softmax-checkpoint.ipynb": as_notebook(HALF)}
    answer = read_answer("x.zip", zipped(beside | copy), SOUGHT).code
    assert answer.chosen == "w/.ipynb_checkpoints/softmax-checkpoint.ipynb"
    assert "note_graded_kept_copy" in [note.key for note in answer.notes]
    done = read_answer("x.zip", zipped(copy | {"w/softmax.ipynb": as_notebook(HALF + b"x = 1\n")}), SOUGHT).code
    assert (done.chosen, done.others, done.modules, done.notes) == ("w/softmax.ipynb", [], {}, [])


def test_the_students_modules_come_along_and_the_kits_do_not() -> None:
    files = {
        "work/softmax.py": b"from helpers import shift\n" + DONE,
        "work/helpers.py": b"def shift(a):\n    return a\n",
        "work/own/__init__.py": b"",
        "work/data.csv": b"1,2\n",
        "work/check.py": CHECK,
        "work/capas_check/x.py": b"y = 1\n",
        "top.py": b"z = 1\n",
        "../../etc/evil.py": b"z = 1\n",
    }
    code = read_answer("x.zip", zipped(files), SOUGHT).code
    assert sorted(code.modules) == ["data.csv", "etc/evil.py", "helpers.py", "own/__init__.py", "top.py"]


def test_modules_are_limited_in_number_and_size() -> None:
    many = {f"m{number:03d}.py": b"x = 1\n" for number in range(300)}
    large = {f"d{number}.csv": b"1" * 1_900_000 for number in range(9)}
    code = read_answer("x.zip", zipped({"softmax.py": DONE, **many, **large}), SOUGHT).code
    assert len(code.modules) <= 200
    assert sum(map(len, code.modules.values())) <= 8 * 2**20
    assert "note_files_left_out" in [note.key for note in code.notes]


@pytest.mark.parametrize(
    ("name", "data", "problem", "values"),
    [
        ("a.py", OTHER, "other_stage", {"file": "a.py", "other": "02", "stage": "03_softmax"}),
        ("a.ipynb", as_notebook(OTHER), "other_stage", {"file": "a.ipynb", "other": "02", "stage": "03_softmax"}),
        ("x.zip", zipped({"a.py": OTHER}), "other_stage", {"file": "a.py", "other": "02", "stage": "03_softmax"}),
        (
            "a.py",
            b"def softmax(a):\n    return a\n\ndef forward(x):\n    ...\n\ndef errors(y):\n    ...\n",
            "other_stage",
            {"file": "a.py", "other": "04", "stage": "03_softmax"},
        ),
        ("check.py", CHECK, "handed_out", {"file": "check.py"}),
        ("x.zip", zipped({"check.py": CHECK}), "zip_without_work", {}),
    ],
)
def test_what_is_no_answer_to_this_stage_is_told_so(name: str, data: bytes, problem: str, values: Any) -> None:
    submission = read(SubmissionFile("x", name, Contents(data)), SOUGHT)
    assert (submission.problem, submission.problem_values) == (problem, values)


@pytest.mark.parametrize(
    ("cells", "notes"),
    [
        ([code("x = 1"), {"cell_type": "markdown", "source": DONE.decode()}], ["note_code_in_text"] * 2),
        ([code("x = 1"), {"cell_type": "raw", "source": HALF.decode()}], ["note_code_in_text"]),
        ([code("%%bash\n" + HALF.decode())], ["note_code_under_magic"]),
        ([code("%%javascript\n" + HALF.decode())], ["note_code_under_magic"]),
        ([code("%%writefile own.py\nK = 0\n"), code(DONE.decode())], []),
        ([code("%%time\n" + DONE.decode())], []),
        ([code(DONE.decode()), {"cell_type": "markdown", "source": DONE.decode()}], []),
        ([code(STUB.decode()), {"cell_type": "markdown", "source": "softmax = e / s"}], []),
    ],
)
def test_code_that_is_not_run_is_noticed(cells: list[Any], notes: list[str]) -> None:
    code = read_answer("a.ipynb", notebook(*cells), SOUGHT).code
    assert [note.key for note in code.notes] == notes


START = "#@title Inicio\n# Text.\ndef start_checks(data):\n    x = data\n\nDATA = 'x'\nstart_checks(DATA)\n"


@pytest.mark.parametrize(
    ("source", "cells"),
    [
        (START, [""]),
        ('grader.check("softmax")', []),
        ('# Now\ngrader.check("softmax")\ngrader.draw("softmax")\n', []),
        ("grader.summary()", []),
        ('import otter\ngrader = otter.Notebook("a.ipynb")', []),
        ('x = 1\ngrader.check("softmax")', ['x = 1\ngrader.check("softmax")']),
        (START + "x = 1", ["\n" * START.count("\n") + "x = 1"]),
    ],
)
def test_the_kits_cells_are_known_by_content_where_tags_were_lost(source: str, cells: list[str]) -> None:
    read_code = read_answer("a.ipynb", notebook(code("y = 2"), code(source))).code
    assert [cell for cell in read_code.cells if cell.strip()] == ["y = 2", *(cell for cell in cells if cell.strip())]


def test_an_answer_written_into_a_cell_of_the_kits_is_run() -> None:
    cell = code(
        'def softmax(a):\n    return a\n\ngrader.check("softmax")', capas={"role": "check"}, tags=["otter_ignore"]
    )
    assert len(read_answer("a.ipynb", notebook(code("x = 1"), cell)).code.cells) == 2


@pytest.mark.parametrize(
    ("source", "answered", "stubs"),
    [
        (STUB.decode(), set(), {"softmax", "predict"}),
        ("def f(a):\n    raise NotImplementedError\n", set(), {"f"}),
        ("def f(a):\n    n = len(a)\n    r = ...\n    return r\n", set(), {"f"}),
        ("def f(a):\n    return a\n    ...\n", {"f"}, set()),
        ("def f(a)\n    return a\n", {"f"}, set()),
        ("def f(a,\n      b,\n):\n    return a[..., 0]\n", {"f"}, set()),
        ("f = lambda a: a\ng = ...\n", {"f"}, {"g"}),
        ("from mine import f, g as h\n", {"f", "h"}, set()),
        ("class F:\n    def f(self):\n        ...\n", set(), {"F"}),
        ("def f(a):\n    ...\ndef f(a):\n    return a\n", {"f"}, set()),
        ("f == 1\n    def g(a): return a\n", set(), set()),
    ],
)
def test_a_stub_is_told_from_an_answer(source: str, answered: set[str], stubs: set[str]) -> None:
    found = definitions([source])
    assert (set(found.answered), set(found.stubs)) == (answered, stubs)


ANSWER, UNTOUCHED = "def f(a):\n    return a\n", "def f(a):\n    ...\n"


@pytest.mark.parametrize(
    ("sources", "kept"),
    [
        ([ANSWER, UNTOUCHED + "x = 1\n"], [ANSWER, "\n\nx = 1\n"]),
        ([ANSWER + UNTOUCHED], [ANSWER + "\n\n"]),
        (["from own import f\n", UNTOUCHED], ["from own import f\n", "\n\n"]),
        ([UNTOUCHED, ANSWER], [UNTOUCHED, ANSWER]),
        ([UNTOUCHED, UNTOUCHED], [UNTOUCHED, UNTOUCHED]),
        (["f = 3\n", UNTOUCHED], ["f = 3\n", UNTOUCHED]),
        ([ANSWER, "def f(a):\n    return 1\n"], [ANSWER, "def f(a):\n    return 1\n"]),
        ([ANSWER, "@wraps\n" + UNTOUCHED], [ANSWER, "@wraps\n" + UNTOUCHED]),
        ([ANSWER, "class A:\n    def f(a):\n        ...\n"], [ANSWER, "class A:\n    def f(a):\n        ...\n"]),
    ],
)
def test_a_stub_below_an_answer_does_not_undo_it(sources: list[str], kept: list[str]) -> None:
    assert without_stubs_below(sources) == kept
    assert read_answer("a.ipynb", notebook(*map(code, sources))).code.cells == kept


contents = st.sampled_from([STUB, DONE, HALF, OTHER, CHECK, b"", b"%PDF", b"\0", b"x = 1\n", b"1,2\n"]) | st.binary(
    max_size=60
)
file_names = st.sampled_from(
    ["a.py", "a.ipynb", "a (1).ipynb", "a", "b/a.py", "b.zip", "tests/a.py", "old/a.py", "c.csv", "d.txt", "e.tar.gz"]
)


@settings(max_examples=60)
@given(st.dictionaries(file_names, contents, max_size=6), st.randoms(use_true_random=False))
def test_any_order_of_files_gives_the_same_answer(files: dict[str, bytes], dice: Any) -> None:
    def outcome(order: list[tuple[str, bytes]]) -> Any:
        try:
            answer = read_answer("x.zip", zipped(dict(order)), SOUGHT)
        except Unreadable as error:
            return error.problem
        return answer

    order = list(files.items())
    first = outcome(order)
    dice.shuffle(order)
    assert outcome(order) == first
    assert first in PROBLEMS if isinstance(first, str) else first.code.chosen in files


@settings(max_examples=60)
@given(
    st.sampled_from(["a", "a.py", "a.ipynb", "a.zip", "a.tar.gz", "a.txt"]),
    st.sampled_from(
        [
            b"",
            b"PK\3\4",
            b"\x1f\x8b",
            b"BZh9",
            b"\xfd7zXZ\0",
            b'{"cells": ',
            b"<html",
            b"\xff\xfe",
            b"\xef\xbb\xbf",
            b"RIFF",
        ]
    ),
    st.binary(max_size=200),
)
def test_any_bytes_are_code_or_have_a_problem(name: str, first: bytes, rest: bytes) -> None:
    submission = read(SubmissionFile("x", name, Contents(first + rest)), SOUGHT)
    assert submission.problem in PROBLEMS | {""}
    assert all(cell.encode() is not None for cell in submission.cells)
