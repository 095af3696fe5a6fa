"""The teacher's files are read by one door: what is not text, not there or no file is one clear line."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capas.bundle.build import build_stage
from capas.course.cut_functions import question_source
from capas.course.model import load_course
from capas.course.text_files import parse_source, read_course_text, source_lines
from capas.files import UserError

FILES = [
    "course.toml",
    "assignments/03_softmax/assignment.toml",
    "assignments/03_softmax/handout.es.md",
    "assignments/03_softmax/tests/softmax.py",
    "solutions/03_softmax/reference.py",
]
OPTIONAL = ["solutions/03_softmax/mistakes.py"]


def build(root: Path) -> None:
    build_stage(load_course(root).stages[0], "es")


def save_as_latin_1(path: Path) -> None:
    path.write_bytes(path.read_bytes() + "# año\n".encode("latin-1"))


def make_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("spoil", "told", "file"),
    [
        *((save_as_latin_1, "byte 0xf1 is not UTF-8; save the file as UTF-8", file) for file in [*FILES, *OPTIONAL]),
        *((make_a_folder, "is a folder; expected a file of that name", file) for file in [*FILES, *OPTIONAL]),
        *((Path.unlink, "does not exist", file) for file in FILES),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line(
    small_course: Path, spoil: Callable[[Path], None], told: str, file: str
) -> None:
    lines = (small_course / file).read_text(encoding="utf-8").count("\n") + 1
    spoil(small_course / file)
    with pytest.raises(UserError) as caught:
        build(small_course)
    assert told in str(caught.value)
    assert str(small_course / file) in str(caught.value)
    assert "\n" not in str(caught.value)
    if "0xf1" in told:
        assert f"{file}, line {lines}: " in str(caught.value)


@pytest.mark.parametrize("file", [*FILES, *OPTIONAL])
def test_other_line_ends_and_a_mark_at_the_start_change_nothing(small_course: Path, file: str) -> None:
    plain = read_course_text(small_course / file)
    (small_course / file).write_bytes(b"\xef\xbb\xbf" + plain.replace("\n", "\r\n").encode())
    assert read_course_text(small_course / file) == plain


@given(st.lists(st.sampled_from(["x = 1", "\x0c", "# \u2028 \x85 \x1c \x0b", "", "'''a", "b'''", "\r", "\r\n", "\n"])))
def test_lines_are_those_of_the_syntax_tree(parts: list[str]) -> None:
    source = "\n".join(parts) + "\nlast = 1"
    try:
        tree = parse_source(Path("x.py"), source)
    except UserError:
        return
    assert source_lines(source)[tree.body[-1].lineno - 1] == "last = 1"


@pytest.mark.parametrize("sign", ["", "\x0c", "# \u2028 separator", "# \x85 \x1c"])
def test_stubs_are_cut_where_python_ends_lines(small_course: Path, sign: str) -> None:
    path = small_course / "solutions/03_softmax/reference.py"
    stage = load_course(small_course).stages[0]
    plain = path.read_text(encoding="utf-8")
    changed = plain.replace("import numpy as np\n", f"import numpy as np\n{sign}\n", 1)
    for question in stage.questions:
        assert question_source(stage, changed, question, "es") == question_source(stage, plain, question, "es")
