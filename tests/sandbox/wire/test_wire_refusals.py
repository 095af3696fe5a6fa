"""Bytes that somebody made by hand are a message, or refused: the host gets nothing else of them."""

import random
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from wire_data import DTYPES, extension, messages, reply_holding

from capas.sandbox import wire
from capas.sandbox.wire import WireError


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
