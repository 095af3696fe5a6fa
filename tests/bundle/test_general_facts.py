"""What students are told in every stage: the readme beside their files, and which libraries there are."""

import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import msgspec
import pytest
import yaml
from build_once import Build

from capas.bundle.build import Bundle, build_stage
from capas.bundle.general_facts import handout_pieces
from capas.bundle.zip import make_zip
from capas.canvas.description import make_page
from capas.course.model import Course, Stage, load_course
from capas.files import UserError

README = {"es": "LEEME.txt", "en": "README.txt"}
WITH_MARKER = "tomli>=2; python_version < '3.11'"


@pytest.fixture
def other_libraries(small_course: Path) -> Stage:
    path = small_course / "course.toml"
    named = json.dumps(["numpy>=1.26,<3", "Scikit_Learn", WITH_MARKER])
    text = re.sub("^libraries = .*$", f"libraries = {named}", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8")
    return load_course(small_course).stages[0]


def unpacked(built: Bundle, folder: Path) -> Path:
    zipfile.ZipFile(io.BytesIO(make_zip(built.student_files))).extractall(folder)
    return folder


@pytest.mark.parametrize("language", README)
def test_the_readme_says_what_to_open_install_check_hand_in_and_import(
    softmax: Stage, build: Build, language: str, tmp_path: Path
) -> None:
    folder = unpacked(build(softmax, language), tmp_path)
    text = (folder / README[language]).read_text(encoding="utf-8")
    assert text.startswith(softmax.title[language] + "\n")
    sections = re.findall(r"^[A-ZÉÑÓ ]{8,}$", text, re.MULTILINE)
    assert len(sections) == 5
    for name in re.findall(r"\b\w+\.(?:ipynb|py)\b", text):
        assert (folder / name).is_file(), name
    assert "softmax.ipynb" in text.partition(sections[1])[0]
    assert "numpy, scipy, matplotlib, pandas" in text.partition(sections[4])[2]
    # It is read on phones and by the editors of Windows: no marks of Markdown, lines that wrap.
    assert not re.search(r"[`*#]", text)


@pytest.mark.parametrize("language", README)
def test_the_commands_of_the_readme_do_what_it_says(
    softmax: Stage, build: Build, language: str, tmp_path: Path
) -> None:
    folder = unpacked(build(softmax, language), tmp_path)
    commands = re.findall(r"^  python (check\.py.*)$", (folder / README[language]).read_text("utf-8"), re.MULTILINE)
    assert len(commands) == 3
    assert commands.pop() == "check.py --watch"  # it goes on until it is stopped; it has tests of its own
    every, single = (
        subprocess.run([sys.executable, *command.split()], cwd=folder, capture_output=True, text=True, check=False)
        for command in commands
    )
    assert (every.stderr, single.stderr) == ("", "")
    assert all(question.name in every.stdout for question in softmax.questions)
    assert "softmax_jacobian" not in single.stdout


def test_every_stage_has_it_in_every_language(course: Course) -> None:
    for language in course.languages:
        for stage in course.stages:
            assert (course.root / "student_template" / language / stage.id / README[language]).is_file()


@pytest.mark.parametrize(
    ("names", "told"),
    [("pseudonyms", '`pseudonym = "The cat"`'), ("names", "by your name"), ("none", "No names are on it")],
)
def test_a_stage_with_measures_says_who_is_on_its_leaderboard(course: Course, names: str, told: str) -> None:
    for stage in course.stages:
        known = msgspec.structs.replace(stage, leaderboard=names)
        text = "\n".join(piece.value for piece in handout_pieces(known, "en") if piece.kind == "text")
        assert (
            (told in text) == ("Accuracy (more is better), Parameters (less is better)" in text) == bool(stage.measures)
        )


@pytest.mark.parametrize("language", README)
def test_the_handout_says_once_what_may_be_imported_where_its_opening_ends(course: Course, language: str) -> None:
    for stage in course.stages:
        pieces = handout_pieces(stage, language)
        told = [index for index, piece in enumerate(pieces) if "`numpy`, `scipy`, `matplotlib`" in piece.value]
        assert len(told) == 1
        opening, after = pieces[: told[0]], pieces[told[0] + 1]
        assert all(piece.kind in ("text", "figure") and piece.value[:3] != "## " for piece in opening)
        assert after.kind in ("question", "given") or after.value.startswith("## ")


def test_libraries_of_a_course_are_told_and_required(other_libraries: Stage) -> None:
    built = build_stage(other_libraries, "en")
    told = "numpy, scikit-learn, tomli"
    assert told in built.student_files["README.txt"].decode()
    sources = ["".join(cell["source"]) for cell in json.loads(built.student_files["softmax.ipynb"])["cells"]]
    assert sum("`numpy`, `scikit-learn`, `tomli`" in source for source in sources) == 1
    with zipfile.ZipFile(io.BytesIO(built.autograder)) as archive:
        environment = yaml.safe_load(archive.read("environment.yml"))
    (required,) = [entry["pip"] for entry in environment["dependencies"] if isinstance(entry, dict)]
    assert required[1:-1] == ["numpy>=1.26,<3", "Scikit_Learn", WITH_MARKER]
    assert required[-1].endswith(".whl")


def test_handouts_link_to_their_page_where_the_course_has_a_site(small_course: Path) -> None:
    path = small_course / "course.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f'site = "https://name.github.io/course"\n{text}', encoding="utf-8")
    (stage,) = load_course(small_course).stages
    link = "(https://name.github.io/course/es/03_softmax/index.html)"
    built = build_stage(stage, "es")
    assert link in built.student_files["softmax.ipynb"].decode()
    assert (
        make_page(load_course(small_course), stage, built, pdf=False, site=stage.site)
        .html(str)
        .count('href="https://name.github.io/course/es/03_softmax/index.html"')
        == 1
    )
    # The site's own page does not lead to itself.
    assert not any(link in piece.value for piece in handout_pieces(stage, "es", explorables=True))
    path.write_text(f'site = "github.io/course"\n{text}', encoding="utf-8")
    with pytest.raises(UserError, match=r"course\.toml: `site`: 'github\.io/course' is no address of a web site"):
        load_course(small_course)
