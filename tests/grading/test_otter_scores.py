"""Small bundles, one for each thing that bundles of Otter do: each case comes out as under `otter run`."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from otter_bundles import doctests, notebook, written, zipped
from otter_features import FEATURES, Feature

from capas.grading.otter_zip.bundle import LIMITS, read_bundle
from capas.grading.otter_zip.grader import OtterGrader
from capas.grading.result import Result
from capas.sandbox import Zygote
from capas.submission import Contents, SubmissionFile, read_submission


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    with Zygote(LIMITS) as one:
        yield one


def graded(feature: Feature, folder: Path, zygote: Zygote) -> dict[str, Result]:
    bundle = read_bundle(written(folder / "hw.zip", zipped(feature.tests, feature.config, **feature.files)))
    grader = OtterGrader(bundle, LIMITS, zygote, "en")
    results = {}
    for student, (cells, _) in feature.students.items():
        file = SubmissionFile(student, "hw.ipynb", Contents(notebook(*cells)))
        results[student] = grader.grade(read_submission(file, grader.sought))
    return results


@pytest.mark.parametrize("name", FEATURES)
def test_cases_come_out_as_under_otter(name: str, tmp_path: Path, zygote: Zygote) -> None:
    feature = FEATURES[name]
    for student, result in graded(feature, tmp_path, zygote).items():
        passed = {question.name: [case.passed for case in question.cases] for question in result.questions}
        assert passed == feature.students[student][1], (student, result)
        judged = {case.judged for question in result.questions for case in question.cases}
        assert judged == {"beside" if feature.beside else "outside"} or (feature.beside and student == "none"), student
        assert result.status == "graded"
        assert result.differs_from_otter == ""


def test_large_files_are_read_by_all(tmp_path: Path, zygote: Zygote) -> None:
    tests = {"q1": doctests("q1", ">>> sizes\n[3000000, 2]")}
    look = "sizes = [os.path.getsize(name) for name in ('data/large.csv', 'small.csv')]"
    cells = [f"import os\n{look}\nopen('data/mine', 'w').close()"]
    files = {"data/large__csv": "x" * 3_000_000, "small__csv": "ab"}
    large = Feature(tests, {"right": (cells, {"q1": [True]})}, files=files)
    assert graded(large, tmp_path, zygote)["right"].score == 1.0


@pytest.mark.slow
@pytest.mark.parametrize("name", FEATURES)
def test_what_is_kept_is_what_otter_gives(name: str, tmp_path: Path) -> None:
    from otter.api import grade_submission

    feature = FEATURES[name]
    bundle = written(tmp_path / "hw.zip", zipped(feature.tests, feature.config, **feature.files))
    for student, (cells, expected) in feature.students.items():
        file = written(tmp_path / student / "hw.ipynb", notebook(*cells))
        results = grade_submission(str(file), str(bundle), quiet=True).results
        passed = {name: [result.passed for result in test.test_case_results] for name, test in results.items()}
        assert passed == expected, student
