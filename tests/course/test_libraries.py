"""The libraries that submissions may import: what `course.toml` says of them, and what is installed."""

import tomllib
from pathlib import Path

import pytest

from capas.course.libraries import (
    DEFAULT_LIBRARIES,
    importable_modules,
    library_versions,
    module_names,
    project_name,
    read_library,
    require_libraries,
)
from capas.course.model import Course, load_course
from capas.files import UserError
from capas.grading.key import grading_key
from capas.sandbox import Limits, Sandbox, Zygote

ROOT = Path(__file__).parents[2]


def name_libraries(root: Path, text: str) -> None:
    path = root / "course.toml"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("libraries")]
    at = next(number for number, line in enumerate(lines) if line.startswith("stages"))
    path.write_text("\n".join([*lines[:at], *([text] if text else []), *lines[at:]]), encoding="utf-8")


def test_a_course_that_names_none_has_the_usual_ones(small_course: Path, course: Course) -> None:
    name_libraries(small_course, "")
    assert load_course(small_course).stages[0].libraries == DEFAULT_LIBRARIES == course.stages[0].libraries


def test_the_usual_ones_come_with_the_program() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        dependencies = tomllib.load(file)["project"]["dependencies"]
    assert set(DEFAULT_LIBRARIES) <= {project_name(dependency) for dependency in dependencies}
    require_libraries(DEFAULT_LIBRARIES)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('libraries = ["numpy", "sci py"]', "`libraries`: `sci py` is no requirement: "),
        ('libraries = ["scipy>>1"]', "write one like `scipy>=1.13`"),
        ('libraries = ["numpy", ""]', "`` is no requirement"),
        ('libraries = ["scikit-learn", "Scikit_Learn>=1"]', "lists `scikit-learn` 2 times; list it once"),
        ("libraries = []", "`libraries` names none"),
        ('libraries = "numpy"', "`libraries`: expected a list, got a text in quotes"),
        ("libraries = [3]", "expected a text in quotes, got a whole number, in number 1 of `libraries`"),
        ('libraris = ["numpy"]', "`libraris`: no such key in the file; did you mean `libraries`? keys are"),
    ],
)
def test_what_is_wrong_in_the_file_is_one_line_with_its_place(small_course: Path, text: str, told: str) -> None:
    name_libraries(small_course, text)
    with pytest.raises(UserError) as caught:
        load_course(small_course)
    assert told in str(caught.value)
    assert "course.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_is_missing_or_too_old_is_told_with_how_to_install_it() -> None:
    with pytest.raises(UserError) as caught:
        require_libraries(["numpy", "no-such-library", "scipy>=999", "packaging"])
    version = library_versions(["scipy"])["scipy"]
    assert f"no-such-library (not installed here), scipy>=999 (here is {version})" in str(caught.value)
    assert str(caught.value).endswith("run: python -m pip install no-such-library 'scipy>=999'")


def test_a_requirement_of_another_system_is_none_here() -> None:
    assert read_library('no-such-library; sys_platform == "plan9"').fits
    assert not read_library("no-such-library").fits


def test_modules_are_those_that_the_library_brings() -> None:
    assert module_names("numpy>=1.26") == ("numpy",)
    assert module_names("PyYAML") == ("yaml",)
    assert module_names("no-such-library") == ("no_such_library",)
    assert {"mpl_toolkits", "matplotlib"} <= set(importable_modules(["matplotlib"]))


def test_versions_of_the_libraries_are_in_the_grading_key(small_course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stage = load_course(small_course).stages[0]
    before = grading_key(stage, "es")
    versions = library_versions(stage.libraries)
    assert set(versions) == {"numpy", "scipy", "matplotlib", "pandas"}
    monkeypatch.setattr("capas.grading.key.library_versions", lambda libraries: versions | {"pandas": "another"})
    assert grading_key(stage, "es") != before
    monkeypatch.undo()
    name_libraries(small_course, 'libraries = ["numpy"]')
    assert grading_key(load_course(small_course).stages[0], "es") != before


USES = {
    "scipy": "from scipy import optimize, special, stats\nx = optimize.minimize(lambda x: (x[0] - 1) ** 2, [0.0]).x\n"
    "assert abs(x[0] - 1) < 1e-3 and stats.norm.cdf(0) == special.expit(0)",
    "pandas": "import pandas as pd\nframe = pd.DataFrame({'a': [1, 2], 'b': ['x', 'y']})\nframe.to_csv('frame.csv')\n"
    "print(frame.describe())\nassert pd.read_csv('frame.csv').groupby('b').a.sum().sum() == 3",
    "matplotlib": "from mpl_toolkits.mplot3d import Axes3D\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])\n"
    "plt.title(r'$\\sigma(x)$ ñ')\nplt.savefig('picture.png')\nplt.show()",
}


@pytest.mark.parametrize("loaded_before", [False, True])
@pytest.mark.parametrize("library", USES)
def test_student_code_can_use_them_within_all_that_confines_it(library: str, loaded_before: bool) -> None:
    # As many layers as this machine has; the folder and the environment are empty, as for every submission.
    limits = Limits(load_seconds=60.0)
    with Zygote(limits) as zygote:
        origin = zygote.for_program([USES[library]]) if loaded_before else zygote
        with Sandbox(origin, limits) as sandbox:
            assert sandbox.load([USES[library]]).errors == []
