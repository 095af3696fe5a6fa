"""Points are written exactly, in the fewest digits, without an exponent."""

import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from capas.course.model import Stage
from capas.grading import judge as attempt
from capas.grading.result import Isolation, QuestionResult, Result, grades_csv
from capas.report import is_of
from capas.texts.points import points_text, rounded


@pytest.mark.parametrize(
    ("points", "text"),
    [
        (7, "7"),
        (7.0, "7"),
        (2.25, "2.25"),
        (1.75, "1.75"),
        (2.5 + 1.75, "4.25"),
        (0.1 + 0.2, "0.3"),
        (sum([0.1] * 100), "10"),
        (1 / 3, "0.3333333333333333"),
        (1_000_000, "1000000"),
        (1_000_000.5, "1000000.5"),
        (123.456789, "123.456789"),
        (1e-7, "0.0000001"),
        (1e22, "10000000000000000000000"),
        (0.0, "0"),
        (-0.0, "0"),
        (-1.5, "-1.5"),
    ],
)
def test_points_as_text(points: float, text: str) -> None:
    assert points_text(points) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_text_gives_the_points_back(points: float) -> None:
    text = points_text(points)
    assert float(text) == rounded(points) == pytest.approx(points, rel=1e-12)
    assert re.fullmatch(r"-?\d+(\.\d*[1-9])?", text)


@given(st.lists(st.integers(0, 400), min_size=1, max_size=40))
def test_quarters_add_up_exactly(quarters: list[int]) -> None:
    assert float(points_text(sum(count / 4 for count in quarters))) == sum(quarters) / 4
    # Tenths are no binary fractions: adding them up leaves something behind.
    assert points_text(sum(count / 10 for count in quarters)) == points_text(sum(quarters) / 10)


def test_grades_csv_loses_no_digit() -> None:
    result = Result("a", "a.py", "", "s", "graded", 123.456789, 1000000.5, [], Isolation(5, []), "0")
    assert grades_csv([result], []).decode().splitlines()[1] == "a,a.py,graded,123.456789,1000000.5,,123.456789,,"


def test_a_result_of_a_third_of_a_point_is_of_its_stage(softmax: Stage) -> None:
    third = msgspec.structs.replace(softmax.questions[0], points=1 / 3)
    stage = msgspec.structs.replace(softmax, questions=[third])
    judged = QuestionResult("softmax", 0.0, attempt.rounded(1 / 3), False, None, [])
    result = Result("a", "a.py", "", softmax.id, "graded", 0.0, judged.points, [judged], Isolation(5, []), "0")
    assert is_of(stage, result)
    assert not is_of(softmax, result)
