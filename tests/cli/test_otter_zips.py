"""`capas grade`, `report`, `doctor` and `compare` with an `autograder.zip` of Otter's."""

import csv
import json
from pathlib import Path

import pytest
from command import capas
from otter_bundles import doctests, handed_in, written, zipped

TESTS = {
    "q1": doctests("q1", ">>> x == 5\nTrue", {"code": ">>> x > 4\nTrue", "hidden": True}, points=[1, 2]),
    "q2": doctests("q2", ">>> import os\n>>> y\n6"),
}
START = 'import otter\ngrader = otter.Notebook("hw.ipynb")'
STUDENTS = {
    "ana": [START, "x = 5\ny = 6"],
    "ben": [START, "x = 4.5"],
    "eva": [START, "import os\nos._exit(1)", "y = 6"],
}


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("bundle") / "hw-autograder.zip", zipped(TESTS, {"points_possible": 8}))


@pytest.fixture(scope="module")
def graded(bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("graded")
    done = capas("grade", bundle, handed_in(folder / "handed_in", STUDENTS), "--out", folder / "out", "--workers", 1)
    assert done.returncode == 0, done.stderr
    assert "of 9 cases were judged outside the sandbox" in done.stdout
    assert "beside student code, which could forge those" in done.stdout
    assert "eva.ipynb: " in done.stdout
    return folder


def result_of(folder: Path, student: str) -> dict:
    return json.loads((folder / "out" / "results" / f"{student}.json").read_text(encoding="utf-8"))


def test_grades_are_those_of_otter_out_of_the_points_possible(graded: Path) -> None:
    with (graded / "out" / "grades.csv").open(encoding="utf-8") as file:
        rows = {row["submission"]: row for row in csv.DictReader(file)}
    assert {name: (row["score"], row["q1"], row["q2"]) for name, row in rows.items()} == {
        "ana": ("8", "3", "1"),
        "ben": ("4", "2", "0"),
        "eva": ("2", "0", "1"),
    }


def test_each_case_says_where_it_was_judged(graded: Path) -> None:
    judged = [case["judged"] for question in result_of(graded, "ana")["questions"] for case in question["cases"]]
    assert judged == ["outside", "outside", "beside"]


def test_what_otter_would_give_no_result_for_says_so(graded: Path) -> None:
    assert "otter run" in result_of(graded, "eva")["differs_from_otter"]


def test_a_second_run_grades_nothing_again(graded: Path, bundle: Path) -> None:
    journal = graded / "out" / "journal.jsonl"
    before = journal.read_bytes()
    done = capas("grade", bundle, graded / "handed_in", "--out", graded / "out", "--workers", 1)
    assert (done.returncode, journal.read_bytes()) == (0, before)


def test_results_are_reported_without_the_bundle_and_without_a_course(graded: Path, tmp_path: Path) -> None:
    done = capas("report", graded / "out", "--submissions", graded / "handed_in", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    page = (graded / "out" / "feedback" / "ben.html").read_text(encoding="utf-8")
    assert "q1" in page
    assert "x == 5" in page
    assert "x &gt; 4" not in page


def test_a_report_knows_that_only_cases_outside_count(bundle: Path, tmp_path: Path) -> None:
    work = handed_in(tmp_path / "handed_in", {"ana": STUDENTS["ana"]})
    done = capas("grade", bundle, work, "--out", tmp_path / "out", "--workers", 1, "--outside-only")
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "out" / "run.json").read_text())["outside_only"] is True
    done = capas("report", tmp_path / "out", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_doctor_says_what_a_bundle_needs(bundle: Path) -> None:
    done = capas("doctor", bundle)
    assert done.returncode == 0
    assert "hw: 2 tests, 3 cases, 1 of them hidden; 4 points, counted as 8." in done.stdout
    assert "q2 - 1: beside student code, as it uses `os`" in done.stdout


def test_a_bundle_that_is_not_graded_here_is_refused_in_one_line(tmp_path: Path) -> None:
    path = written(tmp_path / "r.zip", zipped(TESTS, {"lang": "r"}))
    done = capas("grade", path, tmp_path, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "an assignment in R" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_outside_only_is_not_for_stages(tmp_path: Path) -> None:
    done = capas("grade", "01_linear_collapse", tmp_path, "--out", tmp_path / "out", "--outside-only")
    assert done.returncode == 2
    assert "--outside-only is for an autograder.zip" in done.stderr


@pytest.mark.slow
def test_compare_shows_both_case_by_case(bundle: Path, tmp_path: Path) -> None:
    few = {name: STUDENTS[name] for name in ("ana", "ben")}
    named = {f"{name}/hw": work for name, work in few.items()}
    done = capas("compare", bundle, handed_in(tmp_path, named), "--workers", 2)
    assert done.returncode == 0, done.stderr
    assert "2 of 2 have the same score" in done.stdout
    assert "8 of 8; otter run 8 in" in done.stdout
    assert "4 of 8; otter run 4 in" in done.stdout
