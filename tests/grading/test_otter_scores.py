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
from capas.verify.warm_otter import warm_otter_run_all


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


IN_KERNELS = {"files beside the notebook", "plots", "exception-based, on figures", *list(FEATURES)[::8]}
"""What Otter gets with a kernel: what is drawn, which is another without one, and some more.

The others it gets without: a kernel takes most of the time of an `otter run`.
"""


def in_files(feature: Feature, folder: Path) -> Iterator[tuple[str, Path, Path]]:
    """Yield each student with the notebook, and the bundle that grades it."""
    bundle = written(folder / "hw.zip", zipped(feature.tests, feature.config, **feature.files))
    for student, (cells, _) in feature.students.items():
        yield student, written(folder / student / "hw.ipynb", notebook(*cells)), bundle


@pytest.mark.slow
def test_what_is_kept_is_what_otter_gives(tmp_path: Path) -> None:
    wanted, pairs = [], []
    for place, (name, feature) in enumerate(FEATURES.items()):
        if name in IN_KERNELS:
            continue
        for student, file, bundle in in_files(feature, tmp_path / str(place)):
            wanted.append((name, student, "", feature.students[student][1]))
            pairs.append((file, bundle))
    scores = warm_otter_run_all(pairs, workers=2)
    different = []
    for (name, student, *expected), score in zip(wanted, scores, strict=True):
        passed = {question: [case.passed for case in cases] for question, cases in score.cases.items()}
        different += [] if [score.error, passed] == expected else [(name, student, score.error, passed)]
    assert not different


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(IN_KERNELS))
def test_it_is_what_otter_gives_with_a_kernel(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from otter.api import grade_submission

    monkeypatch.delenv("MPLBACKEND", raising=False)  # reading cases that draw sets it, and a kernel would have it
    feature = FEATURES[name]
    for student, file, bundle in in_files(feature, tmp_path):
        results = grade_submission(str(file), str(bundle), quiet=True).results
        passed = {name: [result.passed for result in test.test_case_results] for name, test in results.items()}
        assert passed == feature.students[student][1], student
