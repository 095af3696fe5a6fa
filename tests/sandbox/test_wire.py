"""The language of the pipe: plain data arrives as it left, and nothing else gets through."""

import contextlib
import decimal
import enum
import io
import math
import random
import socket
import struct
from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from capas.sandbox import wire
from capas.sandbox.wire import FunctionReference, WireError

DTYPES = sorted(wire.DTYPES)

shapes = hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)
arrays = st.sampled_from(DTYPES).flatmap(lambda dtype: hnp.arrays(dtype, shapes))
scalars = arrays.filter(lambda array: array.size > 0).map(lambda array: array.flat[0])
atoms = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(-(2**4095), 2**4095)
    | st.floats()
    | st.complex_numbers()
    | st.text()
    | st.binary()
    | arrays
    | scalars
)
plain_data = st.recursive(
    atoms,
    lambda inside: (
        st.lists(inside, max_size=4)
        | st.lists(inside, max_size=4).map(tuple)
        | st.dictionaries(st.text(max_size=5), inside, max_size=4)
    ),
    max_leaves=12,
)
texts = st.lists(st.text())
reports = st.builds(wire.Raised, st.integers(0, 9), st.text(), st.text(), st.booleans(), st.text()) | st.builds(
    wire.Loaded, st.integers(0, 9), texts, texts, texts
)
messages = st.one_of(
    st.builds(
        lambda number, value, changed, warnings, printed: wire.Returned(
            number, wire.pack(value), {key: wire.pack(item) for key, item in changed.items()}, warnings, printed
        ),
        st.integers(0, 2**60),
        plain_data,
        st.dictionaries(st.integers(0, 9), plain_data, max_size=2),
        st.lists(st.tuples(st.text(), st.text()), max_size=2),
        st.text(),
    ),
    reports,
    st.builds(
        lambda arguments, keywords: wire.CallBack(
            1, 0, wire.pack(arguments), {name: wire.pack(value) for name, value in keywords.items()}
        ),
        st.lists(plain_data, max_size=2),
        st.dictionaries(st.text(max_size=5), plain_data, max_size=2),
    ),
)


def travelled(value: Any) -> Any:
    """Return ``value`` as it comes out at the host's end."""
    reply = wire.decode_for_host(wire.encode(wire.Returned(1, wire.pack(value))))
    assert isinstance(reply, wire.Returned)
    return reply.value


def reply_holding(data: bytes) -> bytes:
    """Return the bytes of a reply in which ``data`` stands, as it is, for the value."""
    return msgspec.msgpack.encode(wire.Returned(1, msgspec.Raw(data)))


def extension(code: int, content: Any) -> bytes:
    data = content if isinstance(content, bytes) else msgspec.msgpack.encode(content)
    return msgspec.msgpack.encode(msgspec.msgpack.Ext(code, data))


def same(one: Any, other: Any) -> bool:
    """Tell whether two values are of the same types and, to the last bit, the same."""
    if type(one) is not type(other):
        return False
    if isinstance(one, (np.ndarray, np.generic)):
        return (one.dtype, one.shape, one.tobytes()) == (other.dtype, other.shape, other.tobytes())
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, float):
        return struct.pack("d", one) == struct.pack("d", other)
    if isinstance(one, complex):
        return same(one.real, other.real) and same(one.imag, other.imag)
    return one == other


@given(plain_data)
def test_plain_data_arrives_as_it_left(value: Any) -> None:
    assert same(travelled(value), value)


@given(st.lists(plain_data, max_size=3), st.dictionaries(st.text(max_size=5), plain_data, max_size=3))
def test_a_call_arrives_as_it_left(arguments: list[Any], keywords: dict[str, Any]) -> None:
    sent = wire.CallFunction(
        7,
        "softmax",
        [wire.pack(argument) for argument in arguments],
        {name: wire.pack(value) for name, value in keywords.items()},
    )
    received = wire.decode_for_sandbox(wire.encode(sent))
    assert isinstance(received, wire.CallFunction)
    assert (received.number, received.function) == (7, "softmax")
    assert same(received.arguments, arguments)
    assert same(received.keywords, keywords)


@given(reports)
def test_a_report_arrives_as_it_left(message: wire.ToHost) -> None:
    assert wire.decode_for_host(wire.encode(message)) == message


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
        *(object(), {1.0}, frozenset(), range(3), decimal.Decimal(1), bytearray(b"1"), memoryview(b"1"), Ellipsis),
        *(len, lambda: 1, int, np, Color.RED, Weight(1), Row(), Name("a"), Parameters(), iter([]), ValueError("no")),
        {1: 2.0},
        {None: 1},
        {Name("a"): 1},
        {"W": {("a", 1): 2}},
        np.zeros(2).view(Marked),
        np.array([None]),
        np.array(["text"]),
        np.array([b"text"]),
        np.array(["2024-01-01"], dtype="datetime64[D]"),
        np.array([1], dtype="timedelta64[s]"),
        np.zeros(2, dtype=[("a", float), ("b", int)]),
        np.zeros(2, dtype=np.longdouble),
        np.zeros(2, dtype=np.clongdouble),
        np.longdouble(1),
        np.str_("text"),
        np.datetime64("2024-01-01"),
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


def test_a_frame_has_a_largest_size() -> None:
    with pytest.raises(WireError, match="64 MB"):
        wire.encode(wire.Returned(1, bytes(wire.MAX_FRAME_BYTES)))


def test_a_function_travels_by_number_where_someone_gives_it_one() -> None:
    functions: list[Any] = []

    def refer(function: Any) -> int:
        functions.append(function)
        return len(functions) - 1

    sent = wire.CallFunction(1, "f", [wire.pack([math.sin, (math.cos, {"g": math.tan})], refer)], {})
    received = wire.decode_for_sandbox(wire.encode(sent))
    assert functions == [math.sin, math.cos, math.tan]
    assert isinstance(received, wire.CallFunction)
    assert received.arguments == [[FunctionReference(0), (FunctionReference(1), {"g": FunctionReference(2)})]]


def arrive_or_are_refused(data: bytes) -> None:
    """State that ``data`` is a message or is refused, in the one way that the host expects."""
    try:
        message = wire.decode_for_host(data)
    except WireError:
        return
    assert isinstance(message, wire.ToHost)


@given(st.binary())
@example(b"")
def test_arbitrary_bytes_are_a_message_or_refused(data: bytes) -> None:
    arrive_or_are_refused(data)


@given(messages, st.integers(0, 2**32), st.integers(1, 8))
def test_a_spoiled_message_is_a_message_or_refused(message: wire.ToHost, seed: int, times: int) -> None:
    data, dice = bytearray(wire.encode(message)), random.Random(seed)
    for _ in range(times):
        at = dice.randrange(len(data))
        match dice.randrange(4):
            case 0:
                data[at] = dice.randrange(256)
            case 1:
                data[at] ^= 1 << dice.randrange(8)
            case 2:
                data[at:at] = dice.randbytes(dice.randrange(1, 6))
            case _ if len(data) > 8:
                del data[at : at + dice.randrange(1, 6)]
    arrive_or_are_refused(bytes(data))


hostile_data = st.recursive(
    st.binary().map(msgspec.msgpack.encode)
    | st.integers(-(2**63), 2**64 - 1).map(msgspec.msgpack.encode)
    | st.text().map(msgspec.msgpack.encode)
    | st.binary()
    | st.builds(
        lambda dtype, shape, data: msgspec.msgpack.encode([dtype, shape, data]),
        st.sampled_from([*DTYPES, ">f8", "O", "|O8", "U", "V8", "", "float", "f8,f8"]),
        st.lists(st.integers(-(2**63), 2**64 - 1) | st.integers(-1, 3), max_size=40),
        st.binary(max_size=64),
    ),
    lambda inside: (
        st.builds(extension, st.integers(-3, 9), inside)
        | st.lists(inside, max_size=3).map(lambda items: bytes([0x90 + len(items)]) + b"".join(items))
        | st.lists(st.tuples(inside, inside), max_size=3).map(
            lambda pairs: bytes([0x80 + len(pairs)]) + b"".join(key + value for key, value in pairs)
        )
    ),
    max_leaves=6,
)


@given(hostile_data)
def test_a_reply_made_by_hand_is_a_message_or_refused(data: bytes) -> None:
    arrive_or_are_refused(reply_holding(data))


TERABYTE = 2**40


@pytest.mark.parametrize(
    "data",
    [
        extension(wire.ARRAY, ["<f8", [TERABYTE // 8], b"12345678"]),
        extension(wire.ARRAY, ["<f8", [2**31, 2**31, 2**31], b"12345678"]),
        extension(wire.ARRAY, ["<f8", [2**63], b"12345678"]),
        extension(wire.ARRAY, ["<f8", [-1, -1], b"12345678"]),
        extension(wire.ARRAY, ["<f8", [0, 2**62, 2**62], b""]),
        extension(wire.ARRAY, ["<f8", [1] * 33, b"12345678"]),
        extension(wire.ARRAY, ["<f8", [2], b"12345678"]),
        extension(wire.ARRAY, ["|O", [1], b"12345678"]),
        extension(wire.ARRAY, [">f8", [1], b"12345678"]),
        extension(wire.ARRAY, ["<f8", [1.0], b"12345678"]),
        extension(wire.ARRAY, ["<f8", 1, b"12345678"]),
        extension(wire.ARRAY, ["<f8", [1], [1.0]]),
        extension(wire.ARRAY, "<f8"),
        extension(wire.ARRAY, b""),
        extension(wire.SCALAR, ["<f8", [], b"1234"]),
        extension(wire.TUPLE, {"a": 1}),
        extension(wire.TUPLE, b""),
        extension(wire.BIG_INTEGER, b"0xg"),
        extension(wire.BIG_INTEGER, b""),
        extension(wire.COMPLEX, b"1234567"),
        extension(wire.FUNCTION, b"one"),
        extension(0, b""),
        extension(99, b""),
        b"\xdd\xff\xff\xff\xff",
        b"\xdf\xff\xff\xff\xff",
        b"\xdb\xff\xff\xff\xff",
        b"\xc6\xff\xff\xff\xff",
        b"\xc9\xff\xff\xff\xff\x01",
        b"\x91" * 5000 + b"\x90",
        b"\x81" + extension(wire.ARRAY, ["<f8", [1], b"12345678"]) + b"\x01",
        b"\xa2\xff\xff",
    ],
)
def test_a_value_that_claims_what_it_does_not_hold_is_refused(data: bytes) -> None:
    with pytest.raises(WireError):
        wire.decode_for_host(reply_holding(data))


def test_tuples_nested_without_end_are_refused() -> None:
    data = b"\x90"
    for _ in range(2000):
        data = extension(wire.TUPLE, b"\x91" + data)
    with pytest.raises(WireError):
        wire.decode_for_host(reply_holding(data))


@pytest.mark.parametrize(
    "message",
    [
        {"type": "returned"},
        {"type": "returned", "number": "1", "value": None},
        {"type": "returned", "number": 1, "value": None, "more": 1},
        {"type": "returned", "number": 1, "value": None, "changed": {"x": 1}},
        {"type": "returned", "number": 1, "value": None, "warnings": [["UserWarning"]]},
        {"type": "loaded", "number": 1, "functions": [1], "values": [], "errors": []},
        {"type": "callback", "number": 1, "function": 0, "arguments": {}, "keywords": {}},
        {"type": "load", "number": 1, "cells": [], "directory": "/", "stand_ins": []},
        {"type": "call", "number": 1, "function": "f", "arguments": [], "keywords": {}},
        {"number": 1, "value": None},
        [1, None],
        None,
    ],
)
def test_what_is_not_a_message_to_the_host_is_refused(message: Any) -> None:
    with pytest.raises(WireError):
        wire.decode_for_host(msgspec.msgpack.encode(message))


def test_bytes_after_a_message_are_refused() -> None:
    with pytest.raises(WireError):
        wire.decode_for_host(wire.encode(wire.Returned(1, None)) + b"\xc0")


def items_in(data: bytes) -> int:
    """Count the items of MessagePack, those inside arrays, scalars and tuples too."""

    def count(value: Any) -> int:
        if isinstance(value, msgspec.msgpack.Ext):
            return 1 + (items_in(bytes(value.data)) if value.code in (wire.ARRAY, wire.SCALAR, wire.TUPLE) else 0)
        if isinstance(value, dict):
            return 1 + sum(count(key) + count(item) for key, item in value.items())
        return 1 + sum(map(count, value)) if isinstance(value, list) else 1

    return count(msgspec.msgpack.decode(data))


@given(messages)
def test_the_items_of_a_message_are_counted_to_the_last(message: wire.ToHost) -> None:
    data = wire.encode(message)
    items = items_in(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("capas.sandbox.wire.items.MAX_ITEMS", items)
        wire.refuse_too_many_items(data)
        patch.setattr("capas.sandbox.wire.items.MAX_ITEMS", items - 1)
        with pytest.raises(WireError, match=f"more than {items - 1} items"):
            wire.refuse_too_many_items(data)


@given(st.binary(max_size=200), st.integers(0, 50))
def test_items_of_arbitrary_bytes_are_too_many_or_not(data: bytes, most: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("capas.sandbox.wire.items.MAX_ITEMS", most)
        with contextlib.suppress(WireError):
            wire.refuse_too_many_items(data)


@pytest.mark.parametrize(
    "data",
    [
        b"\xdd" + struct.pack("!I", wire.MAX_ITEMS) + b"\x90" * wire.MAX_ITEMS,
        extension(wire.TUPLE, b"\xdd" + struct.pack("!I", wire.MAX_ITEMS) + b"\x80" * wire.MAX_ITEMS),
        b"\xdf" + struct.pack("!I", wire.MAX_ITEMS) + b"\xa0\x90" * wire.MAX_ITEMS,
    ],
    ids=["lists", "maps in a tuple", "a map"],
)
def test_more_items_than_memory_is_meant_for_are_refused(data: bytes) -> None:
    with pytest.raises(WireError, match="items"):
        wire.decode_for_host(reply_holding(data))


@pytest.mark.parametrize("value", [b"\x90" * 3 * wire.MAX_ITEMS, "a" * 3 * wire.MAX_ITEMS, np.zeros(wire.MAX_ITEMS)])
def test_large_values_of_few_items_travel(value: Any) -> None:
    assert same(travelled(value), value)


def in_pieces(data: bytes, size: int) -> Callable[[int], bytes]:
    """Return a ``receive`` that gives ``data`` in pieces of at most ``size`` bytes, then nothing."""
    stream = io.BytesIO(data)
    return lambda length: stream.read(min(length, size))


def framed(data: bytes) -> bytes:
    one, other = socket.socketpair()
    with one, other:
        wire.send_frame(one, data)
        one.shutdown(socket.SHUT_WR)
        return other.recv(len(data) + 100)


@given(st.lists(st.binary(max_size=100), max_size=3), st.integers(1, 200))
def test_frames_arrive_whole_in_whatever_pieces(frames: list[bytes], size: int) -> None:
    reader = wire.FrameReader(in_pieces(b"".join(map(framed, frames)), size))
    assert [reader.read() for _ in frames] == frames
    with pytest.raises(EOFError):
        reader.read()


@given(st.binary(max_size=100), st.data(), st.integers(1, 20))
def test_a_frame_cut_short_is_the_end(content: bytes, data: st.DataObject, size: int) -> None:
    whole = framed(content)
    cut = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(EOFError):
        wire.FrameReader(in_pieces(whole[:cut], size)).read()


@pytest.mark.parametrize("claim", [wire.MAX_FRAME_BYTES + 1, 2**32 - 1])
def test_a_frame_that_claims_too_much_is_refused_unread(claim: int) -> None:
    asked: list[int] = []

    def receive(length: int) -> bytes:
        asked.append(length)
        return struct.pack("!I", claim)

    with pytest.raises(WireError, match=str(claim)):
        wire.FrameReader(receive).read()
    assert len(asked) == 1
