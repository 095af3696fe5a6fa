"""Reading an `autograder.zip`: what is in it, and why one is refused before anything is graded."""

import io
import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest
from otter_bundles import doctests, written, zipped

from capas.files import UserError
from capas.grading.otter_zip import archive
from capas.grading.otter_zip.bundle import LIMITS, bundle_tests, not_installed, read_bundle, stage_of
from capas.grading.otter_zip.grader import OtterGrader
from capas.sandbox import Zygote
from capas.submission import Contents, SubmissionFile, read_submission

GOOD = {"q1": doctests("q1", ">>> x\n5")}


def bundle_of(folder: Path, data: bytes, name: str = "hw01-autograder.zip"):
    return read_bundle(written(folder / name, data))


def with_entry(data: bytes, name: str, text: str = "", mode: int = 0) -> bytes:
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as zip_file:
        info = zipfile.ZipInfo(name)
        info.external_attr = mode << 16
        zip_file.writestr(info, text)
    return buffer.getvalue()


def test_a_bundle_is_its_settings_its_tests_and_its_files(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, zipped(GOOD, {"seed": 3, "assignment_name": "Homework 1"}, data__csv="a,b"))
    assert (bundle.id, bundle.config.seed) == ("homework_1", 3)
    assert list(bundle.tests) == ["q1"]
    assert bundle.files == {"data.csv": b"a,b"}


def test_settings_of_other_versions_of_otter_are_passed_over(tmp_path: Path) -> None:
    config = {"seed": 3, "show_hidden_tests_on_release": True, "channel_priority_strict": True, "log_level": "INFO"}
    assert bundle_of(tmp_path, zipped(GOOD, config)).config.seed == 3


def test_its_stage_has_a_question_for_each_test(tmp_path: Path) -> None:
    stage = stage_of(bundle_of(tmp_path, zipped({"a1": doctests("a1", ">>> x\n5", points=3), **GOOD})))
    assert [(question.name, question.points) for question in stage.questions] == [("a1", 3.0), ("q1", 1.0)]
    assert stage.id == "hw01"


def test_a_bundle_may_lie_in_a_folder_of_its_zip(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as zip_file:
        zip_file.writestr("hw/tests/q1.py", GOOD["q1"])
        zip_file.writestr("hw/otter_config.json", '{"seed": 1}')
        zip_file.writestr("__MACOSX/hw/._otter_config.json", "x")
    bundle = bundle_of(tmp_path, buffer.getvalue())
    assert (list(bundle.tests), bundle.config.seed) == (["q1"], 1)


@pytest.mark.parametrize(
    ("total", "own", "points"),
    [
        (None, [None, None], [0.5, 0.5]),
        (4, [None, None], [2.0, 2.0]),
        (4, [1, None], [1.0, 3.0]),
        ([1, 0.5], [None, None], [1.0, 0.5]),
        (None, [2, None], [2.0, 0.0]),
        (None, [0, None], [0.0, 1.0]),
        (0, [None, None], [0.0, 0.0]),
    ],
)
def test_points_are_shared_out_by_otters_rules(tmp_path: Path, total: Any, own: list[Any], points: list[float]) -> None:
    cases = [{"code": ">>> x\n5", "hidden": False} | ({} if worth is None else {"points": worth}) for worth in own]
    spec = {} if total is None else {"points": total}
    (test,) = bundle_tests(bundle_of(tmp_path, zipped({"q1": doctests("q1", *cases, **spec)})))
    assert [case.points for case in test.cases] == points


def test_all_or_nothing_gives_all_or_nothing(tmp_path: Path) -> None:
    cases = (">>> x\n5", ">>> y\n6")
    (test,) = bundle_tests(bundle_of(tmp_path, zipped({"q": doctests("q", *cases, points=4, all_or_nothing=True)})))
    assert [test.score(passed) for passed in ([True, True], [True, False])] == [4.0, 0.0]


def test_cases_are_hidden_and_named_as_otter_has_it(tmp_path: Path) -> None:
    cases = ({"code": ">>> x\n5"}, {"code": ">>> x\n5", "hidden": False, "name": "first", "failure_message": "No."})
    (test,) = bundle_tests(bundle_of(tmp_path, zipped({"q": doctests("q", *cases)})))
    assert [(case.name, case.hidden, case.failure_message) for case in test.cases] == [
        ("q - 1", True, ""),
        ("first", False, "No."),
    ]


FUNCTIONS = """
from otter.test_files import test_case
OK_FORMAT = False
name = "q2"
points = [1, 2]

@test_case()
def test_public(f):
    assert f(2) == 4

@test_case(hidden=True, failure_message="Think again.")
def test_hidden(f, env):
    assert env["x"] == 1
"""


def test_exception_based_files_are_read_too(tmp_path: Path) -> None:
    (test,) = bundle_tests(bundle_of(tmp_path, zipped({"q2": FUNCTIONS})))
    assert [(case.name, case.hidden, case.points) for case in test.cases] == [
        ("q2 - 1", False, 1.0),
        ("q2 - 2", True, 2.0),
    ]


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ({"lang": "r"}, "an assignment in R, which is not graded here"),
        ({"plugins": ["mine.Plugin"]}, "the plugins mine.Plugin are not run here"),
        ({"plugins": [{"otter.plugins.builtin.RateLimiting": {"hours": 1}}]}, "RateLimiting are not run here"),
        ({"plugins": [{"capas.grading.otter_plugin.SandboxPlugin": {}}]}, "grade it by the name of its stage"),
        ({"grade_from_log": True}, "`grade_from_log` is not done here"),
        ({"debug": True}, "`debug` stops at a student's first error"),
        ({"sed": 3}, "unknown setting `sed`"),
        ({"seed": "three"}, "Expected `int | null`, got `str` at `seed`"),
    ],
)
def test_settings_that_are_not_graded_here_are_refused(tmp_path: Path, config: dict[str, Any], said: str) -> None:
    with pytest.raises(UserError) as error:
        bundle_of(tmp_path, zipped(GOOD, config))
    assert said in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("OK_FORMAT = True\ntest = {", "tests/q1.py, line 2: it does not compile"),
        (doctests("q1"), "none of its tests has a case"),
        ("OK_FORMAT = True\n", "it defines no `test`"),
        ("raise SystemExit(1)", "SystemExit"),
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("import no_such_library_of_ours", "no_such_library_of_ours"),
        (doctests("q1", ">>>x"), "tests/q1.py"),
        (doctests("q1", ">>> x\n5", points=[1, 2]), "different length"),
        (doctests("q1", {"hidden": False}), "KeyError: 'code'"),
    ],
)
def test_a_test_file_that_otter_could_not_run_is_named(tmp_path: Path, source: str, said: str) -> None:
    with pytest.raises(UserError) as error:
        bundle_of(tmp_path, zipped({"q1": source}))
    assert said in str(error.value)


def test_a_test_without_cases_counts_nothing(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, zipped({"q0": doctests("q0", points=3), **GOOD}))
    assert [test.name for test in bundle_tests(bundle)] == ["q1"]


def test_two_tests_of_one_name_are_one_question(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, zipped({"a": GOOD["q1"], "b": doctests("q1", ">>> x\n5", points=2)}))
    assert [(question.name, question.points) for question in stage_of(bundle).questions] == [("q1", 2.0)]


def test_a_zip_without_tests_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"no tests/\*\.py"):
        bundle_of(tmp_path, zipped({}))


def test_two_settings_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"holds 2 otter_config\.json"):
        bundle_of(tmp_path, with_entry(zipped(GOOD), "old/otter_config.json", "{}"))


@pytest.mark.parametrize("name", ["../evil.py", "/etc/evil", "tests/../../evil.py", "C:/evil.py"])
def test_a_zip_that_leads_out_of_itself_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match="leads out of the zip"):
        bundle_of(tmp_path, with_entry(zipped(GOOD), name))


def test_links_in_a_zip_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is a link"):
        bundle_of(tmp_path, with_entry(zipped(GOOD), "files/link", "/etc/passwd", stat.S_IFLNK | 0o777))


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_BYTES", 2**20)
    buffer = io.BytesIO(zipped(GOOD))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as zip_file:
        zip_file.writestr("files/zeros", bytes(2**21))
    with pytest.raises(UserError, match="unpacks to 2 MB"):
        bundle_of(tmp_path, buffer.getvalue())


@pytest.mark.parametrize("data", [b"", b"PK\3\4 cut off", b"no zip at all"])
def test_a_broken_zip_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(UserError, match="is no zip, or broken"):
        bundle_of(tmp_path, data)


def test_a_zip_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"gone\.zip does not exist"):
        read_bundle(tmp_path / "gone.zip")


def test_libraries_that_pip_is_to_install_are_told_where_they_are_not_here(tmp_path: Path) -> None:
    pip = "- pip:\n  - otter-grader[grading]==7.0.0\n  - numpy>=1\n  - gone-lib==2\n"
    environment = f"dependencies:\n- python=3.12\n- pip\n{pip}"
    bundle = bundle_of(tmp_path, with_entry(zipped(GOOD), "environment.yml", environment))
    assert bundle.libraries == ("numpy", "gone-lib")
    assert not_installed(bundle) == ["gone-lib"]


def test_what_files_beside_the_notebook_import_is_told_too(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, zipped(GOOD, helper__py="import gone_lib, helper, os"))
    assert not_installed(bundle) == ["gone_lib"]


def test_what_only_a_case_imports_may_be_handed_in_with_the_notebook(tmp_path: Path) -> None:
    assert not_installed(bundle_of(tmp_path, zipped({"q1": doctests("q1", ">>> import their_module")}))) == [
        "their_module"
    ]


@pytest.mark.parametrize("points", [float("nan"), float("inf")])
def test_points_that_do_not_add_up_are_refused(points: float, tmp_path: Path) -> None:
    source = doctests("q1", ">>> x\n5") + f"test['points'] = float('{points}')\n"
    with pytest.raises(UserError, match=r"tests/q1.py: its points are no numbers that add up"):
        bundle_of(tmp_path, zipped({"q1": source}))


def test_a_script_that_names_a_notebook_stops_there_under_otter(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, zipped(GOOD))
    source = b"import otter\ngrader = otter.Notebook('hw.ipynb')\nx = 5\n"
    with Zygote(LIMITS) as zygote:
        grader = OtterGrader(bundle, LIMITS, zygote, "en")
        file = SubmissionFile("ana", "hw.py", Contents(source))
        result = grader.grade(read_submission(file, grader.sought))
    assert result.score == 1.0
    assert "the script stops where it asks for the file `hw.ipynb`" in result.differs_from_otter
