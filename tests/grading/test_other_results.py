"""What is told of answers that are not numbers: how they relate to what is right is not looked for, nothing breaks."""

from typing import Any

import pytest

from capas.grading.diagnosis.comparison import pieces_of
from capas.grading.diagnosis.general import kinds_of
from capas.grading.diagnosis.outcome import Outcome
from capas_check import call
from capas_check.fingerprint import fingerprint


def outcome(value: Any) -> Outcome:
    calls = [call(lambda: value)]
    return Outcome([False], [fingerprint("value", calls)], [calls], ["value"], [False])


@pytest.mark.parametrize("right", ["hi", b"hi", {"a": 1}, {1, 2}, None, [("a", 1.0)], {"a": [1.0, "b"]}])
def test_a_right_result_that_is_no_number_is_compared_with_nothing(right: Any) -> None:
    def reference() -> Any:
        return right

    for value in (right, "ho", 1.0, [1.0, 2.0]):
        assert pieces_of(outcome(value), reference) == []
        assert isinstance(list(kinds_of(outcome(value), reference)), list)


def test_one_that_is_numbers_still_is() -> None:
    (piece,) = pieces_of(outcome("ho"), lambda: 1.0)
    assert piece.is_wrong
