"""A class of made submissions to the digits' stage: graded, put in order, and reported, in both languages."""

import csv
import re
from pathlib import Path

import pytest
from command import capas

from benchmarks.trained import STAGE, trained_class
from capas.course.model import Course
from capas.grading.result import Result, read_result

pytestmark = pytest.mark.slow
STEPS = ((0.965, 5.0), (0.94, 4.0), (0.90, 2.5), (0.0, 0.5))
"""The points of `train_own` from an accuracy on."""
SIZE = 60


@pytest.fixture(scope="module")
def graded(course: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("digits")
    (stage,) = course.choose([STAGE])
    trained_class(stage, SIZE, folder / "in")
    done = capas("grade", STAGE, folder / "in", "--out", folder / "out", "--workers", "2")
    assert done.returncode in (0, 1), done.stderr
    return folder / "out"


@pytest.fixture(scope="module")
def results(graded: Path) -> list[Result]:
    found = [read_result(path) for path in sorted((graded / "results").glob("*.json"))]
    assert len(found) == SIZE
    return found


def points_of(result: Result, name: str) -> float:
    return next(question.score for question in result.questions if question.name == name)


def test_points_are_those_of_the_steps(results: list[Result]) -> None:
    for result in results:
        accuracy = result.measured("accuracy")
        wanted = 0.5  # nothing is measured of a network that knows no more than one with other numbers
        if isinstance(accuracy, float):
            wanted = next(points for least, points in STEPS if accuracy >= least)
        assert points_of(result, "train_own") == wanted, (result.file, accuracy)
    assert len({points_of(result, "train_own") for result in results}) == len(STEPS)


def test_the_class_is_in_order_and_the_page_has_curves_and_confusions(graded: Path, results: list[Result]) -> None:
    for language, told in (("es", "Los dígitos que se confunden"), ("en", "Digits taken for others")):
        done = capas("report", graded, "--lang", language)
        assert done.returncode == 0, done.stderr
        page = (graded / "leaderboard.html").read_text(encoding="utf-8")
        assert told in page
        assert page.count("<polyline") >= SIZE // 2
    rows = list(csv.DictReader((graded / "leaderboard.csv").read_text(encoding="utf-8").splitlines()))
    ordered = [(-float(row["accuracy"]), int(row["parameters"])) for row in rows if row["accuracy"]]
    assert ordered == sorted(ordered)
    assert len(ordered) == sum(result.measured("accuracy") is not None for result in results)
    assert rows[0]["place"] == "1"
    assert all(re.fullmatch(r"net \d+", row["name"]) for row in rows)


def test_who_trains_longer_reads_better(results: list[Result]) -> None:
    def mean_accuracy(epochs: tuple[str, ...]) -> float:
        found = [result.measured("accuracy") for result in results if result.file.split("_")[1] in epochs]
        numbers = [one if isinstance(one, float) else 0.0 for one in found]
        return sum(numbers) / len(numbers)

    assert mean_accuracy(("e0", "e1")) < mean_accuracy(("e30", "e45"))
