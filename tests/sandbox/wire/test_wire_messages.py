"""Messages arrive as they left."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wire_data import plain_data, reports, same

from capas.sandbox import wire
from capas.sandbox.wire import FunctionReference, WireError


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
    assert (received.number, received.target) == (7, "softmax")
    assert same(received.arguments, arguments)
    assert same(received.keywords, keywords)


@given(reports)
def test_a_report_arrives_as_it_left(message: wire.ToHost) -> None:
    assert wire.decode_for_host(wire.encode(message)) == message


def test_a_frame_has_a_largest_size() -> None:
    with pytest.raises(WireError, match="64 MB"):
        wire.encode(wire.Returned(1, bytes(wire.MAX_FRAME_BYTES)))


def test_a_function_travels_by_number_where_someone_gives_it_one() -> None:
    functions: list[Any] = []

    def refer(function: Any) -> FunctionReference:
        functions.append(function)
        return FunctionReference(len(functions) - 1)

    sent = wire.CallFunction(1, "f", [wire.pack([math.sin, (math.cos, {"g": math.tan})], refer)], {})
    received = wire.decode_for_sandbox(wire.encode(sent))
    assert functions == [math.sin, math.cos, math.tan]
    assert isinstance(received, wire.CallFunction)
    assert received.arguments == [[FunctionReference(0), (FunctionReference(1), {"g": FunctionReference(2)})]]
