"""What passes as equal to what a case expects, and what never does."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from made_calls import failure_of, giving

from capas_check import Call

INT64_MIN = np.iinfo(np.int64).min


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (2, 2.0),
        (np.float32(0.1), 0.1),
        (np.array(3.0), 3),
        (np.array([1, 2], dtype=np.uint8), [1.0, 2.0]),
        ([1.0, 2.0], (1.0, 2.0)),
        ((1.0, 2.0), np.array([1.0, 2.0])),
        (range(3), [0, 1, 2]),
        (np.ma.masked_array([1.0, 2.0]), [1.0, 2.0]),
        ([], []),
        (np.zeros((0, 3)), np.zeros((0, 3))),
        ([np.ones(2), np.ones((2, 2))], (np.ones(2), np.ones((2, 2)))),
        (np.ones((2, 2)), (np.ones(2), np.ones(2))),
        ([[1.0, 2.0], [3.0]], [[1.0, 2.0], [3.0]]),
        ((1.0, [2.0, 3.0]), (1.0, [2.0, 3.0])),
        ([(1, 2), (3, 4)], [(1.0, 2.0), (3.0, 4.0)]),
    ],
)
def test_equal_numbers_pass_however_they_are_kept(value: Any, expected: Any) -> None:
    assert isinstance(giving(value).returns(expected, rtol=1e-6), Call)


@pytest.mark.parametrize(
    ("value", "expected", "kind"),
    [
        (math.nan, 0.0, "value"),
        (math.nan, math.nan, "value"),
        (math.inf, 1e308, "value"),
        (-math.inf, math.inf, "value"),
        (math.inf, math.inf, "value"),
        (1.0, math.inf, "value"),
        ([1.0, math.nan], [1.0, 2.0], "value"),
        (np.array([math.nan]), [math.inf], "value"),
        (np.array([INT64_MIN]), [0], "value"),
        (np.array([7 + INT64_MIN]), [7], "value"),
        (None, 0.0, "nothing"),
        (None, [], "nothing"),
        (None, (np.ones(2), np.ones(3)), "nothing"),
        ([None], (np.ones(2),), "nothing"),
        ([None, None], [0.0, 0.0], "type"),
        ([], 0.0, "shape"),
        ([], [0.0], "shape"),
        ([[]], [], "shape"),
        ((), (np.ones(1),), "shape"),
        (1.0, [1.0], "shape"),
        ([1.0], 1.0, "shape"),
        ([1.0], [1.0, 1.0], "shape"),
        (1.0, np.ones((2, 2)), "shape"),
        (np.ones(3), np.ones((2, 3)), "shape"),
        (np.ones((2, 3, 1)), np.ones((2, 3)), "shape"),
        (np.ones((2, 3)), np.ones((3, 2)), "shape"),
        (np.array(1.0), (np.ones(1), np.ones(1)), "shape"),
        ({0: 1.0, 1: 1.0}, (np.ones(()), np.ones(())), "shape"),
        ("ab", (np.ones(1), np.ones(1)), "shape"),
        (True, 1, "type"),
        (1 + 0j, 1, "type"),
        ("1", 1, "type"),
        (b"1", 1, "type"),
        ({1.0}, 1.0, "type"),
        ({"a": 1.0}, [1.0], "type"),
        ([[1.0, 2.0], [3.0]], np.ones((2, 2)), "type"),
        (np.array([1, "a"], dtype=object), [1, 1], "type"),
        (2**70, 2.0**70, "type"),
        (np.array(["2024-01-01"], dtype="datetime64[D]"), [0], "type"),
        (len, 1.0, "type"),
    ],
)
def test_what_never_passes(value: Any, expected: Any, kind: str) -> None:
    assert failure_of(lambda: giving(value).returns(expected)).kind == kind


def test_a_value_that_numpy_cannot_take_is_of_the_wrong_type() -> None:
    class Unwilling:
        def __array__(self, *_arguments: Any, **_keywords: Any) -> np.ndarray:
            raise OSError("no")

    assert failure_of(lambda: giving(Unwilling()).returns([1.0])).kind == "type"


arrays = hnp.arrays(float, hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3), elements=st.floats(-9, 9))
filled = hnp.arrays(float, hnp.array_shapes(min_dims=0, max_dims=3, max_side=3), elements=st.floats(-9, 9))


@given(arrays)
def test_an_array_equals_itself_and_its_list(array: np.ndarray) -> None:
    giving(array.copy()).returns(array, rtol=0, atol=0)
    giving(array.tolist()).returns(array.tolist(), rtol=0, atol=0)


@given(filled, st.data(), st.sampled_from([math.nan, math.inf, -math.inf]))
def test_one_number_that_is_not_finite_spoils_an_array(array: np.ndarray, data: st.DataObject, bad: float) -> None:
    spoiled = array.copy()
    spoiled.flat[data.draw(st.integers(0, array.size - 1))] = bad
    assert failure_of(lambda: giving(spoiled).returns(array, rtol=1e9, atol=1e9)).kind == "value"
    assert failure_of(lambda: giving(spoiled).array(array.shape)).kind == "value"


@given(filled, st.data(), st.floats(0.01, 0.1))
def test_the_tolerance_divides_right_from_wrong(array: np.ndarray, data: st.DataObject, atol: float) -> None:
    index = data.draw(st.integers(0, array.size - 1))
    near, far = array.copy(), array.copy()
    near.flat[index] += 0.9 * atol
    far.flat[index] -= 1.1 * atol
    giving(near).returns(array, rtol=0, atol=atol)
    assert failure_of(lambda: giving(far).returns(array, rtol=0, atol=atol)).kind == "value"


def test_the_relative_tolerance_is_of_the_expected_value() -> None:
    giving(1009.0).returns(1000.0, rtol=0.01, atol=0)
    assert failure_of(lambda: giving(0.0).returns(1e-3, rtol=0.5, atol=0)).kind == "value"


@given(hnp.mutually_broadcastable_shapes(num_shapes=2, max_dims=3, max_side=3))
def test_broadcasting_never_passes(shapes: hnp.BroadcastableShapes) -> None:
    one, other = shapes.input_shapes
    if one == other:
        giving(np.ones(one)).returns(np.ones(other))
    else:
        assert failure_of(lambda: giving(np.ones(one)).returns(np.ones(other))).kind == "shape"
        assert failure_of(lambda: giving(np.ones(one)).array(other)).kind == "shape"


def test_array_gives_floats_of_the_shape() -> None:
    result = giving([[1, 2, 3]]).array((1, 3))
    assert result.dtype == float
    assert result.tolist() == [[1.0, 2.0, 3.0]]


def test_array_does_not_hand_out_the_result_itself() -> None:
    returned = np.zeros(2)
    giving(returned).array((2,))[0] = 5
    assert returned[0] == 0


@pytest.mark.parametrize(("value", "kind"), [(["a"], "type"), ([True], "type"), ([1j], "type"), ([], "shape")])
def test_array_takes_only_numbers(value: Any, kind: str) -> None:
    assert failure_of(lambda: giving(value).array((1,))).kind == kind


@pytest.mark.parametrize("digits", [5, 3])
def test_of_numbers_in_float32_five_digits_count_from_the_largest(digits: int) -> None:
    expected = [1.0, 1e-4, -250.0]
    off = 250 * 0.9 * 10**-digits
    returned = np.array([1.0, 1e-4 + off, -250.0], dtype=np.float32)
    if digits == 5:
        giving(returned).returns(expected)
    else:
        assert failure_of(lambda: giving(returned).returns(expected)).kind == "value"
    assert failure_of(lambda: giving(returned.astype(float)).returns(expected)).kind == "value"


def test_rounded_numbers_are_not_the_right_ones_in_float32_either() -> None:
    returned = np.round([0.12345678, 0.87654321], 4).astype(np.float32)
    assert failure_of(lambda: giving(returned).returns([0.12345678, 0.87654321])).kind == "value"


def test_objects_that_are_numbers_count_as_numbers() -> None:
    ragged = np.empty(2, dtype=object)
    ragged[:] = [np.ones(2), np.zeros(3)]
    giving(ragged).returns([np.ones(2), np.zeros(3)])
    giving(np.array([1.5, 2], dtype=object)).returns([1.5, 2])
    giving(np.array(3.0, dtype=object)).returns(3)
    assert failure_of(lambda: giving(np.array([1, "2"], dtype=object)).returns([1, 2])).kind == "type"
    assert failure_of(lambda: giving(np.array([None, 2])).returns([1, 2])).kind == "type"
