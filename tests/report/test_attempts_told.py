"""The class's page tells how many got better by handing in again: by the attempt that counts."""

import msgspec
import pytest
from made import result_of

from capas.course.model import Stage
from capas.grading.result import Attempt
from capas.report.class_page import class_page
from capas.report.diagnoses import diagnoses_of


@pytest.mark.parametrize(
    ("scores", "counts", "told"),
    [
        ([9, 15, 7], 1, (1, 0, 0)),
        ([9, 15, 7], 2, (0, 0, 1)),
        ([9, 9], 1, (0, 1, 0)),
        ([9, 4, 7], 0, (0, 0, 1)),  # the first counts, and the last says what handing in again brought
    ],
)
def test_who_got_better_is_counted(
    softmax: Stage, scores: list[float], counts: int, told: tuple[int, int, int]
) -> None:
    attempts = [
        Attempt(f"ana~{place}", "ana.py", score, 20.0, {}, counts=place == counts) for place, score in enumerate(scores)
    ]
    result = msgspec.structs.replace(result_of(softmax), attempts=attempts)
    page = class_page(softmax, [result], diagnoses_of(softmax, "en"), "en", None, None)
    better, same, worse = told
    expected = f"1 handed in again: {better} with more points than at first, {same} with as many, {worse} with fewer."
    assert expected in "".join(page)
