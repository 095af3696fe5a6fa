"""Plain data arrives as it left, and nothing else travels."""

import decimal
import enum
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from wire_data import DTYPES, arrays, plain_data, same, travelled

from capas.sandbox import wire
from capas.sandbox.wire import WireError


@given(plain_data)
def test_plain_data_arrives_as_it_left(value: Any) -> None:
    assert same(travelled(value), value)


def test_every_dtype_of_the_course_may_travel() -> None:
    names = "bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16 float32 float64 complex64 complex128"
    assert {np.dtype(name).str for name in names.split()} == wire.DTYPES


@given(arrays)
def test_an_array_arrives_as_a_copy_that_may_be_written(array: np.ndarray) -> None:
    received = travelled(array)
    assert received.flags.writeable
    assert received.flags.owndata
    assert received.flags.c_contiguous


@pytest.mark.parametrize(
    "view",
    [
        lambda array: array.T,
        lambda array: array[::-1],
        lambda array: array[:, ::2],
        lambda array: array[1:, 1],
        lambda array: np.asfortranarray(array),
        lambda array: np.broadcast_to(array[0], (5, 4)),
        lambda array: array[:, :0],
        lambda array: array[1, 1, None, ..., None],
    ],
)
def test_a_view_arrives_as_the_numbers_it_shows(view: Callable[[np.ndarray], np.ndarray]) -> None:
    array = view(np.arange(12.0).reshape(3, 4))
    received = travelled(array)
    assert received.shape == array.shape
    assert np.array_equal(received, array)


@pytest.mark.parametrize("dtype", DTYPES)
def test_the_other_byte_order_arrives_in_this_machines(dtype: str) -> None:
    array = np.array([0, 1, 100], dtype=dtype)
    received = travelled(array.astype(array.dtype.newbyteorder()))
    assert received.dtype == np.dtype(dtype)
    assert received.dtype.isnative
    assert np.array_equal(received, array)


def test_an_array_of_objects_arrives_as_the_list_of_what_it_holds() -> None:
    ragged = np.empty((2, 2), dtype=object)
    ragged[0], ragged[1] = [np.ones(2), 1.5], [(1, np.zeros(3)), 2]
    assert same(travelled(ragged), [[np.ones(2), 1.5], [(1, np.zeros(3)), 2]])
    assert same(travelled(np.array(2.5, dtype=object)), 2.5)


def test_an_array_that_holds_itself_is_refused() -> None:
    array = np.empty(1, dtype=object)
    array[0] = array
    with pytest.raises(WireError):
        wire.pack(array)


def test_what_holds_an_array_twice_arrives_with_two() -> None:
    array = np.ones(2)
    one, other = travelled([array, array])
    assert not np.shares_memory(one, other)


class Color(enum.IntEnum):
    RED = 1


class Row(list[float]):
    pass


class Weight(float):
    pass


class Name(str):
    __slots__ = ()


class Parameters(dict[str, float]):
    pass


class Marked(np.ndarray):
    pass


@pytest.mark.parametrize(
    "value",
    [
        *(object(), range(3), decimal.Decimal(1), bytearray(b"1"), memoryview(b"1"), Ellipsis),
        *(len, lambda: 1, int, np, Color.RED, Weight(1), Row(), Name("a"), Parameters(), iter([]), ValueError("no")),
        {Name("a"): 1},
        np.zeros(2).view(Marked),
        np.array([len]),
        {len},
        {(1, len): 2},
        np.array([1], dtype="timedelta64[25s]"),
        np.array([b"text"]),
        np.zeros(2, dtype=[("a", float), ("b", int)]),
        np.zeros(2, dtype=np.longdouble),
        np.zeros(2, dtype=np.clongdouble),
        np.longdouble(1),
        np.str_("text"),
        np.void(b"1"),
        2**4096,
        -(2**4096),
        "\ud800",
        ("\udfff",),
        {"\ud800": 1},
    ],
    ids=lambda value: type(value).__name__,
)
@pytest.mark.parametrize("around", [lambda value: value, lambda value: [(0, value)]], ids=["alone", "inside"])
def test_everything_else_is_refused(value: Any, around: Callable[[Any], Any]) -> None:
    with pytest.raises(WireError):
        wire.encode(wire.Returned(1, wire.pack(around(value))))


@pytest.mark.parametrize("wrap", [lambda value: [value], lambda value: (value,), lambda value: {"a": value}])
def test_nesting_has_an_end(wrap: Callable[[Any], Any]) -> None:
    value: Any = 1.0
    for _ in range(wire.MAX_DEPTH):
        value = wrap(value)
    assert same(travelled(value), value)
    with pytest.raises(WireError, match="nested deeper"):
        wire.pack(wrap(value))


def test_a_list_that_holds_itself_is_refused() -> None:
    endless: list[Any] = []
    endless.append(endless)
    with pytest.raises(WireError, match="nested deeper"):
        wire.pack(endless)


@pytest.mark.parametrize("value", [b"\x90" * 3 * wire.MAX_ITEMS, "a" * 3 * wire.MAX_ITEMS, np.zeros(wire.MAX_ITEMS)])
def test_large_values_of_few_items_travel(value: Any) -> None:
    assert same(travelled(value), value)
