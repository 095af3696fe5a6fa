"""What `docs/write-a-stage.md` says of data files and pictures is so."""

import re
from pathlib import Path

import pytest
from data_course import make_data_course
from PIL import Image

from capas.bundle.build import build_stage
from capas.bundle.zip import read_zip
from capas.course import data_files, pictures, toml_contents
from capas.course.model import load_course
from capas.grading.stage import stage_grader
from capas.sandbox import Zygote
from capas.submission import Code, Submission

DOCUMENT = Path(__file__).parents[1] / "docs" / "write-a-stage.md"
FILE = re.compile(r"^`([\w./]+)`\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def section(heading: str) -> str:
    text = DOCUMENT.read_text(encoding="utf-8").partition(f"\n{heading}\n")[2]
    return re.split(rf"^#{{1,{heading.count('#')}}} ", text, maxsplit=1, flags=re.MULTILINE)[0]


def test_the_files_of_the_section_make_a_stage(tmp_path: Path, zygote: Zygote) -> None:
    make_data_course(tmp_path)
    files = dict(FILE.findall(section("### Data files")))
    assert len(files) == 3
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    folder = tmp_path / "assignments" / "02_falling"
    (folder / "tests" / "rows_above.py").unlink()
    (folder / "assignment.toml").write_text(
        'title.en = "Falling"\n[[questions]]\nname = "mean_height"\npoints = 5\ntitle.en = "Mean height"\n'
    )
    (picture,) = re.findall(r"^```markdown\n(.*)\n```$", section("#### Pictures that you made"), re.MULTILINE)
    (folder / "handout.en.md").write_text(f"# Falling\n\n{picture}\n\n<!-- question: mean_height -->\n")
    (folder / "pictures").mkdir()
    Image.new("RGB", (30, 20)).save(folder / "pictures" / "ramp.jpg")
    stage = load_course(tmp_path).stages[0]
    built = build_stage(stage, "en")
    assert "data/falls.csv" in built.student_files
    assert "files/data/falls.csv" in read_zip(built.autograder)
    assert "data:image/jpeg;base64" in built.student_files["falling.ipynb"].decode()
    source = files["solutions/02_falling/reference.py"]
    result = stage_grader(stage, zygote, "en").grade(Submission("a", "a.py", "", Code([source])))
    assert result.score == 5


def test_limits_are_those_of_the_program() -> None:
    data, pictured = section("### Data files"), section("#### Pictures that you made")
    assert f"{toml_contents.DATA_MB:g} MB of them" in data
    assert f"and {data_files.MAX_FILES:,} files" in data
    assert f"{pictures.MAX_MB:g} MB at most and those of a handout {pictures.MAX_HANDOUT_MB:g} MB" in pictured


@pytest.mark.parametrize("ending", sorted(pictures.KINDS.keys() - {".jpeg"}))
def test_the_endings_are_named(ending: str) -> None:
    assert f"`{ending}`" in section("#### Pictures that you made")
