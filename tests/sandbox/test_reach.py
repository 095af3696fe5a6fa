"""Functions of ours are asked for what a case can need, whatever student code hands to them."""

import numpy as np
import pytest
from sandbox_calls import Start

from capas.sandbox.reach import MAX_NUMBERS, refuse_too_much


@pytest.mark.parametrize(
    "values",
    [
        [np.zeros(MAX_NUMBERS + 1)],
        [np.zeros((15_000, 0)), np.zeros((0, 15_000))],
        [np.zeros((1_000, 1, 1)), np.zeros((1_000, 1)), np.zeros(1_000)],
        [{"a": [np.zeros((1_500, 1, 1)), np.zeros((1_500, 1))], "b": np.zeros(1_500)}],
        [10**9],
        [np.int8(127).astype(np.int64) * 10**7],
        [[1.0] * (MAX_NUMBERS + 1)],
        ["x" * 10**6],
    ],
)
def test_what_could_become_too_much_is_refused(values: list[object]) -> None:
    with pytest.raises(ValueError, match="more numbers than this course works with"):
        refuse_too_much(values)


def test_what_a_course_works_with_is_not() -> None:
    weights, samples = [np.zeros((30, 20)), np.zeros((20, 4))], np.zeros((100, 30))
    assert refuse_too_much([weights, samples, [0.5, 2], "relu", None]) < MAX_NUMBERS


def test_a_function_that_a_case_hands_over_is_guarded(start: Start) -> None:
    sandbox = start("import numpy as np\ndef ask(f, shape):\n    return f(np.zeros(shape)).shape\n")
    assert sandbox.call("ask", (lambda x: x @ x.T, (3, 2)), {}) == (3, 3)
    with pytest.raises(ValueError, match="more numbers than this course works with"):
        sandbox.call("ask", (lambda x: x @ x.T, (15_000, 0)), {})


def test_one_call_asks_a_bounded_number_of_times_and_numbers(start: Start) -> None:
    sandbox = start("import numpy as np\ndef ask(f):\n    while True:\n        f(np.zeros(4_000))\n")
    asked = []
    with pytest.raises(ValueError, match="more numbers than this course works with"):
        sandbox.call("ask", (lambda x: asked.append(x.size),), {})
    assert sum(asked) <= 1_000_000
