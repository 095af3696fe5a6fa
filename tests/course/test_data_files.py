"""Which files of `data/` are data files, what is wrong with others, and what depends on them."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from data_course import make_data_course, rows

from capas.course import data_files as module
from capas.course.data_files import beside_data, data_files, data_hashes, data_problems
from capas.course.figures import figures_of
from capas.course.model import Stage, load_course
from capas.files import UserError
from capas.grading.key import grading_key


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return make_data_course(tmp_path)


def write(stage: Stage, name: str, text: str = "x") -> None:
    path = stage.assignment / "data" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_files_have_the_names_by_which_they_are_opened(stage: Stage) -> None:
    write(stage, "deep/b.txt")
    assert list(data_files(stage)) == ["data/falls.csv", "data/deep/b.txt"]
    with beside_data(stage.assignment), open("data/falls.csv", encoding="utf-8") as file:
        assert file.read() == rows()


def test_where_there_are_none_the_process_stays_where_it_is(tmp_path: Path) -> None:
    before = os.getcwd()
    with beside_data(tmp_path):
        assert os.getcwd() == before


@pytest.mark.parametrize("name", [".DS_Store", "deep/.DS_Store", ".git/config", "Thumbs.db", "__pycache__/a.csv"])
def test_what_systems_leave_is_no_data_file(stage: Stage, name: str) -> None:
    write(stage, name)
    assert list(data_files(stage)) == ["data/falls.csv"]


def link_out(stage: Stage) -> None:
    (stage.assignment / "data" / "out.csv").symlink_to(stage.root / "course.toml")


def link_folder_out(stage: Stage) -> None:
    (stage.assignment / "data" / "out").symlink_to(stage.root / "solutions")


def link_nowhere(stage: Stage) -> None:
    (stage.assignment / "data" / "gone.csv").symlink_to("nowhere.csv")


def be_a_link(stage: Stage) -> None:
    (stage.assignment / "data").rename(stage.root / "elsewhere")
    (stage.assignment / "data").symlink_to(stage.root / "elsewhere")


def two_of_one_name(stage: Stage) -> None:
    write(stage, "an\u0303o.csv")
    write(stage, "a\u00f1o.csv")


def too_many(stage: Stage) -> None:
    for number in range(module.MAX_FILES):
        write(stage, f"{number}.txt", "")


SLIPS: dict[str, tuple[Callable[[Stage], None], str]] = {
    "a link out": (link_out, r"data/out\.csv: leads out of the data folder; put the file itself there"),
    "a link to a folder": (link_folder_out, r"data/out: leads out of the data folder"),
    "a link to nothing": (link_nowhere, r"data/gone\.csv: is no file that can be read"),
    "a folder elsewhere": (be_a_link, r"data: must be a folder of its own, no link"),
    "code": (lambda stage: write(stage, "helpers.py"), r"data/helpers\.py: is code"),
    "a notebook": (lambda stage: write(stage, "a.ipynb"), r"data/a\.ipynb: is code"),
    "as the checks": (lambda stage: write(stage, "capas_check/a.csv"), r"`capas_check` is what students' files"),
    "a device": (lambda stage: write(stage, "aux.csv"), r"`aux\.csv` cannot be a file on Windows"),
    "a colon": (lambda stage: write(stage, "a:b.csv"), r"`a:b\.csv` cannot be a file on Windows"),
    "a blank at the end": (lambda stage: write(stage, "a /b.csv"), r"`a ` cannot be a file on Windows"),
    "capitals": (lambda stage: write(stage, "Falls.csv"), r"differs from data/\w+\.csv in capitals"),
    "accents": (two_of_one_name, r"differs from .* in capitals or accents"),
    "too many": (too_many, r"data: 1001 data files; a stage may have 1000\. Put them into a few"),
    "too large": (
        lambda stage: os.truncate(stage.assignment / "data" / "falls.csv", 51 * 2**20),
        r"data: 51\.0 MB of data files, more than the 50 MB that a stage may have; .*`data_mb` in course\.toml",
    ),
}


@pytest.mark.skipif(os.name == "nt", reason="names and links that Windows has not")
@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_with_its_file_and_what_to_do(stage: Stage, slip: str) -> None:
    make, told = SLIPS[slip]
    assert not list(data_problems(stage))
    make(stage)
    assert any(re.search(told, f"{path}: {text}") for path, text in data_problems(stage)), list(data_problems(stage))
    with pytest.raises(UserError, match=r"assignments"):
        data_files(stage)


def test_a_course_may_allow_more(stage: Stage) -> None:
    os.truncate(stage.assignment / "data" / "falls.csv", 51 * 2**20)
    path = stage.root / "course.toml"
    path.write_text(f"data_mb = 60\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    assert list(data_files(load_course(stage.root).stages[0])) == ["data/falls.csv"]
    path.write_text(path.read_text(encoding="utf-8").replace("= 60", "= 0"), encoding="utf-8")
    with pytest.raises(UserError, match=r"course\.toml, line 1: `data_mb` is 0; expected a number above 0"):
        load_course(stage.root)


def test_the_grading_key_changes_with_the_data(stage: Stage) -> None:
    before = grading_key(stage, "en")
    assert grading_key(msgspec.structs.replace(stage), "en") == before
    write(stage, "falls.csv", rows().replace("20.0000", "21.0000"))
    assert grading_key(stage, "en") != before


def test_a_file_is_hashed_once(stage: Stage) -> None:
    data_hashes(stage)
    misses = module._hash.cache_info().misses
    data_hashes(stage)
    assert module._hash.cache_info().misses == misses


def test_figures_read_the_data(stage: Stage) -> None:
    (stage.assignment / "figures.py").write_text(
        "import matplotlib.pyplot as plt\nimport numpy as np\n\nfrom capas.course.figures import figure\n\n\n"
        '@figure(en="Heights over time.")\ndef heights(language):\n'
        '    plt.plot(*np.loadtxt("data/falls.csv", delimiter=",", skiprows=1).T)\n    return plt.gcf()\n',
        encoding="utf-8",
    )
    drawn = figures_of(stage)
    assert drawn.alt == {"heights": {"en": "Heights over time."}}
    write(stage, "falls.csv", rows() + "9,9\n")
    assert figures_of(stage).digest != drawn.digest
