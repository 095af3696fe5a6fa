"""Fingerprints are far apart for what a case can tell apart, and near for the same numbers computed in another way."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from capas_check import Call
from capas_check.fingerprint import SMALL, Fingerprint, distance, fingerprint

FINITE = st.floats(-1e6, 1e6, allow_nan=False)


def of(value: object) -> Fingerprint:
    return fingerprint("value", [Call(lambda: value, (), {})])


def same(one: Fingerprint, other: Fingerprint) -> bool:
    return distance([one], [other]) is not None


@pytest.mark.parametrize("power", range(-11, 12))
@pytest.mark.parametrize("sign", [1, -1])
def test_a_power_of_ten_and_its_neighbours_agree(power: int, sign: int) -> None:
    value = sign * 10.0**power
    for towards in (-np.inf, np.inf):
        assert same(of(float(np.nextafter(value, towards))), of(value))
        assert same(of(np.array([np.nextafter(value, towards), 2.0])), of(np.array([value, 2.0])))
    if power > -6:
        assert not same(of(value * (1 + 1e-2)), of(value))
        assert not same(of(value * 10), of(value))


@given(st.lists(FINITE, min_size=1, max_size=30))
def test_rounding_to_float32_and_another_order_change_little(numbers: list[float]) -> None:
    values = np.array(numbers)
    largest = np.max(np.abs(values))
    assert same(of(values.astype(np.float32)), of(values))
    # What another order of a sum changes is measured by its largest number.
    assert same(of(values + 4 * np.finfo(float).eps * largest), of(values))


# Each a hundredth, or more, from the others, on the scale on which numbers are compared.
@given(st.lists(st.integers(-2000, 2000), min_size=2, max_size=30, unique=True))
def test_the_same_numbers_in_another_order_are_others(hundredths: list[int]) -> None:
    numbers = [float(SMALL * np.sinh(one / 100)) for one in hundredths]
    assert not same(of(numbers), of(numbers[1:] + numbers[:1]))


def test_one_case_that_passes_only_there_is_enough_to_differ() -> None:
    wrong, right = fingerprint("value", []), fingerprint("", [])
    assert distance([wrong, right], [wrong, right]) == 0
    assert distance([wrong, right], [wrong, wrong]) is None
    assert distance([wrong, wrong], [wrong, right]) is None
    assert distance([fingerprint("shape", [])], [wrong]) is None


def ends(error: Exception) -> Fingerprint:
    def f() -> None:
        raise error

    return fingerprint("raised", [Call(f, (), {})])


DIFFERENT = {
    "none": of(None),
    "zero": of(0.0),
    "one": of(1.0),
    "true": of(True),
    "list of one": of([1.0]),
    "row": of([[1.0]]),
    "complex": of(1 + 1j),
    "text": of("1"),
    "function": of(len),
    "nan": of(float("nan")),
    "infinity": of(float("inf")),
    "below zero": of(float("-inf")),
    "unlike shapes": of([[1.0], [1.0, 2.0]]),
    "value error": ends(ValueError("no")),
    "type error": ends(TypeError("no")),
    "two calls": fingerprint("value", [Call(lambda: 1.0, (), {})] * 2),
    "a changed argument": fingerprint("value", [Call(lambda x: x.append(1.0) or 1.0, ([],), {})]),
}


def test_what_can_be_told_apart_has_another_fingerprint() -> None:
    for name, one in DIFFERENT.items():
        assert [other for other, two in DIFFERENT.items() if same(one, two)] == [name]


@pytest.mark.parametrize(
    ("value", "other"),
    [
        (1, 1.0),
        (0.0, -0.0),
        (0.0, 1e-13),
        ([1.0, 2.0], np.array([1, 2])),
        ((1.0, 2.0), [1.0, 2.0]),
        (np.float64("nan"), -np.float64("nan")),
        (np.pi, np.pi * (1 + 1e-12)),
    ],
)
def test_what_a_case_cannot_tell_apart_has_the_same(value: object, other: object) -> None:
    assert same(of(value), of(other))


def test_an_error_counts_by_its_type_and_not_by_its_words() -> None:
    assert ends(ValueError("one")) == ends(ValueError("two"))


def test_a_list_that_holds_itself_has_one() -> None:
    endless: list[object] = [1.0]
    endless.append(endless)
    assert same(of(endless), of(endless))
    assert not same(of(endless), of([1.0]))


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False, width=32), max_size=4))
def test_a_list_and_its_array_have_the_same_fingerprint(numbers: list[float]) -> None:
    assert of(numbers) == of(np.array(numbers, dtype=float)) == of(tuple(numbers))


@pytest.mark.parametrize("dtype", [float, complex, np.float32, int, bool])
def test_how_an_array_lies_in_memory_does_not_count(dtype: type) -> None:
    array = np.arange(6).reshape(2, 3).astype(dtype)
    strided = np.zeros((4, 6), dtype)[::2, ::2]
    strided[:] = array
    assert of(array) == of(np.asfortranarray(array)) == of(strided)
    assert not same(of(array), of(array.T))
