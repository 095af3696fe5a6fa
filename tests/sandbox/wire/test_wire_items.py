"""The items of a message are counted before any of them is made."""

import contextlib
import struct
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from wire_data import extension, messages, reply_holding

from capas.sandbox import wire
from capas.sandbox.wire import WireError
from capas.sandbox.wire.items import refuse_too_many_items
from capas.sandbox.wire.values import HOLDING_ITEMS


def items_in(data: bytes) -> int:
    """Count the items of MessagePack, those inside extensions too."""

    def count(value: Any) -> int:
        if isinstance(value, msgspec.msgpack.Ext):
            return 1 + (items_in(bytes(value.data)) if value.code in HOLDING_ITEMS else 0)
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
        refuse_too_many_items(data)
        patch.setattr("capas.sandbox.wire.items.MAX_ITEMS", items - 1)
        with pytest.raises(WireError, match=f"more than {items - 1} items"):
            refuse_too_many_items(data)


@given(st.binary(max_size=200), st.integers(0, 50))
def test_items_of_arbitrary_bytes_are_too_many_or_not(data: bytes, most: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("capas.sandbox.wire.items.MAX_ITEMS", most)
        with contextlib.suppress(WireError):
            refuse_too_many_items(data)


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
