"""Fingerprints agree for values that are the same to nine digits, powers of ten and their neighbours too."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from capas_check import Call
from capas_check.fingerprint import fingerprint, fingerprint_key


def of(value: object) -> bytes:
    return fingerprint([Call(lambda: value, (), {})])


@pytest.mark.parametrize("power", range(-11, 12))
@pytest.mark.parametrize("sign", [1, -1])
def test_a_power_of_ten_and_its_neighbours_agree(power: int, sign: int) -> None:
    value = sign * 10.0**power
    for towards in (-np.inf, np.inf):
        assert of(float(np.nextafter(value, towards))) == of(value)
        assert of(np.array([np.nextafter(value, towards), 2.0])) == of(np.array([value, 2.0]))
    assert of(value * (1 + 1e-7)) != of(value)
    assert of(value * 10) != of(value)


def ends(error: Exception) -> bytes:
    def f() -> None:
        raise error

    return fingerprint([Call(f, (), {})])


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
    "two calls": fingerprint([Call(lambda: 1.0, (), {})] * 2),
    "a changed argument": fingerprint([Call(lambda x: x.append(1.0) or 1.0, ([],), {})]),
}


def test_what_can_be_told_apart_has_another_fingerprint() -> None:
    assert len(set(DIFFERENT.values())) == len(DIFFERENT)


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
    assert of(value) == of(other)


def test_an_error_counts_by_its_type_and_not_by_its_words() -> None:
    assert ends(ValueError("one")) == ends(ValueError("two"))


def test_a_warning_counts() -> None:
    def warns() -> float:
        np.exp(np.float64(1000.0))
        return 1.0

    assert fingerprint([Call(warns, (), {})]) != of(1.0)


def test_a_key_is_of_one_question_and_the_order_of_its_cases() -> None:
    one, two = [Call(lambda: 1.0, (), {})], [Call(lambda: 2.0, (), {})]
    keys = {
        fingerprint_key(question, cases)
        for question in ("softmax", "relu")
        for cases in ([one], [two], [one, two], [two, one])
    }
    assert len(keys) == 8
    assert all(len(key) == 20 for key in keys)


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False, width=32), max_size=4))
def test_a_list_and_its_array_have_the_same_fingerprint(numbers: list[float]) -> None:
    assert of(numbers) == of(np.array(numbers, dtype=float)) == of(tuple(numbers))


@pytest.mark.parametrize("dtype", [float, complex, np.float32, int, bool])
def test_how_an_array_lies_in_memory_does_not_count(dtype: type) -> None:
    array = np.arange(6).reshape(2, 3).astype(dtype)
    strided = np.zeros((4, 6), dtype)[::2, ::2]
    strided[:] = array
    assert of(array) == of(np.asfortranarray(array)) == of(strided)
    assert of(array) != of(array.T)
