"""Sets, dicts of any keys, dates and arrays of texts: what somebody made by hand is one, or refused."""

import time
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from wire_data import extension, keys, plain_data, reply_holding, same, travelled

from capas.sandbox import wire
from capas.sandbox.wire import TooLargeError, WireError
from capas.sandbox.wire.containers import DICT, FROZENSET, SET, TEXTS
from capas.sandbox.wire.times import DATE, TIMEDELTA
from capas.sandbox.wire.values import encode_plain

CODES = [SET, FROZENSET, DICT, TEXTS, *range(DATE, TIMEDELTA + 1)]


@given(st.dictionaries(keys, st.integers(), max_size=5))
def test_a_dict_keeps_its_order_and_the_kinds_of_its_keys(value: dict[Any, Any]) -> None:
    assert same(travelled(value), value)


def test_the_zone_of_a_time_arrives_as_its_offset() -> None:
    import datetime
    import zoneinfo

    moment = datetime.datetime(2024, 1, 1, 12, tzinfo=zoneinfo.ZoneInfo("America/Bogota"))
    assert travelled(moment) == moment


@pytest.mark.parametrize("code", CODES)
@given(content=st.binary(max_size=60) | plain_data.filter(lambda value: not isinstance(value, bytes)))
def test_what_is_no_container_is_refused(code: int, content: Any) -> None:
    try:
        held = content if isinstance(content, bytes) else encode_plain(wire.pack(content))
        wire.decode_for_host(reply_holding(extension(code, held)))
    except WireError:
        return


@pytest.mark.parametrize(
    ("code", "content"),
    [
        (SET, [[1]]),
        (SET, [{"a": 1}]),
        (SET, 5),
        (DICT, [1]),
        (DICT, [[], 1]),
        (DICT, {"a": 1}),
        (TEXTS, [[2], 1, ["a"]]),
        (TEXTS, [[-1], 1, []]),
        (TEXTS, [[1], 1, [1]]),
        (TEXTS, [[1], 1, ["ab"]]),
        (DATE, b"2024-13-01"),
        (DATE, b"\xff"),
        (TIMEDELTA, b"1 2"),
        (TIMEDELTA, b"99999999999 0 0"),
    ],
)
def test_items_that_cannot_be_are_refused(code: int, content: Any) -> None:
    with pytest.raises(WireError):
        wire.decode_for_host(reply_holding(extension(code, content)))


def test_keys_chosen_to_have_one_hash_are_refused_before_they_cost_time() -> None:
    """Without that, a set of so many takes a minute to make."""
    prime = 2**61 - 1  # Python's hash of a whole number is the rest that this leaves
    items = {place * prime for place in range(1, 2_000)}
    for value in (list(items), list(enumerate(items))):
        begin = time.process_time()
        flat = [item for pair in value for item in (pair if isinstance(pair, tuple) else (pair,))]
        data = encode_plain(wire.pack(flat[::-1] if len(flat) > len(items) else flat))
        with pytest.raises(WireError, match="equal hashes"):
            wire.decode_for_host(reply_holding(extension(DICT if len(flat) > len(items) else SET, data)))
        assert time.process_time() - begin < 30


def test_a_million_keys_are_too_many() -> None:
    with pytest.raises(TooLargeError):
        wire.encode_reply(wire.Returned(1, wire.pack(dict.fromkeys(range(1_000_000)))))
    data = wire.encode(wire.Returned(1, wire.pack(set(range(1_000_000)))))
    with pytest.raises(TooLargeError):
        wire.decode_for_host(data)


def test_texts_that_would_become_far_larger_are_too_large() -> None:
    texts = [[50_001], 50_000, [*[""] * 50_000, "x" * 50_000]]
    with pytest.raises(TooLargeError):
        wire.decode_for_host(reply_holding(extension(TEXTS, texts)))


def test_texts_keep_their_shape() -> None:
    array = np.array([["one", ""], ["two", "three"]])
    received = travelled(array)
    assert received.dtype == array.dtype
    assert np.array_equal(received, array)
