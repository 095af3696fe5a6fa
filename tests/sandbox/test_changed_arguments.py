"""Arguments that a call changes in place are changed for the caller, and no others."""

from typing import Any

import numpy as np
import pytest
from sandbox_calls import IDENTITY, Start, call

CHANGES: list[tuple[str, Any, Any]] = [
    ("x[0] = 9.0", np.array([1.0, 2.0]), np.array([9.0, 2.0])),
    ("x *= 2", np.array([[1, 2]]), np.array([[2, 4]])),
    ("x.append(3)", [1, 2], [1, 2, 3]),
    ("x.clear()", [1, 2], []),
    ("x.shape = (2, 1)", np.array([1.0, 2.0]), np.array([[1.0], [2.0]])),
    ("x[0][0] = 9", [[1], [2]], [[9], [2]]),
    ("x[0][0] = 9.0", [np.array([1.0])], [np.array([9.0])]),
    ("x[1][0] = 9.0", (np.array([1.0]), np.array([2.0])), (np.array([1.0]), np.array([9.0]))),
    ("x['b'] = 2", {"a": 1}, {"a": 1, "b": 2}),
    ("x['W'][0] = 9.0", {"W": np.array([1.0])}, {"W": np.array([9.0])}),
    ("x['rows'].append(1)", {"rows": []}, {"rows": [1]}),
]


@pytest.mark.parametrize(("change", "argument", "after"), CHANGES)
@pytest.mark.parametrize("by_name", [False, True], ids=["by position", "by name"])
def test_an_argument_changed_in_place_is_changed_for_the_caller(
    start: Start, change: str, argument: Any, after: Any, by_name: bool
) -> None:
    sandbox = start(f"def f(x):\n    {change}\n    return 1")
    mine = call(start(IDENTITY), "f", argument)[0]  # a copy, as other tests use the same argument
    assert (call(sandbox, "f", x=mine) if by_name else call(sandbox, "f", mine)) == 1
    assert repr(mine) == repr(after)


def test_arguments_left_alone_are_left_alone(start: Start) -> None:
    array, rows = np.ones(2), [[1.0], [2.0]]
    inner = rows[0]
    call(start("def f(x, rows):\n    x = x * 2\n    return [row + [1] for row in rows]"), "f", array, rows)
    assert array.tolist() == [1.0, 1.0]
    assert rows[0] is inner


def test_an_argument_that_may_not_be_written_stays_as_it_is(start: Start) -> None:
    array = np.ones(2)
    array.flags.writeable = False
    assert call(start("def f(x):\n    x[0] = 5\n    return 1"), "f", array) == 1
    assert array.tolist() == [1.0, 1.0]
