"""Data and messages for the tests of the wire: made at random, by hand, and compared to the last bit."""

import datetime
import struct
from typing import Any, get_args

import msgspec
import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from capas.sandbox import CellError, CellReport, wire
from capas.sandbox.loading import ErrorKind

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
    | st.dates()
    | st.datetimes(timezones=st.none() | st.just(datetime.UTC))
    | st.times()
    | st.timedeltas()
    | hnp.arrays(hnp.datetime64_dtypes(endianness="<") | hnp.timedelta64_dtypes(endianness="<"), shapes)
    | hnp.arrays("U3", shapes, elements=st.text(st.characters(codec="ascii", min_codepoint=32), max_size=3))
)
# What may be in a set, or a key; none of them NaN, which is never found again.
keys = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary() | st.dates(),
    lambda inside: st.lists(inside, max_size=3).map(tuple) | st.frozensets(inside, max_size=3),
    max_leaves=4,
)
plain_data = st.recursive(
    atoms,
    lambda inside: (
        st.lists(inside, max_size=4)
        | st.lists(inside, max_size=4).map(tuple)
        | st.dictionaries(st.text(max_size=5), inside, max_size=4)
        | st.dictionaries(keys, inside, max_size=4)
        | st.sets(keys, max_size=4)
        | st.frozensets(keys, max_size=4)
    ),
    max_leaves=12,
)
texts = st.lists(st.text())
errors = st.builds(CellError, st.sampled_from(get_args(ErrorKind)), st.integers(0, 9), st.text(), st.text(), texts)
reports = st.builds(wire.Raised, st.integers(0, 9), st.text(), st.text(), st.booleans(), st.text()) | st.builds(
    wire.Loaded, st.integers(0, 9), texts, texts, st.lists(st.builds(CellReport, st.integers(0, 9), st.lists(errors)))
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
    if isinstance(one, (set, frozenset)):  # equal ones may be in another order
        return one == other and {*map(_key, one)} == {*map(_key, other)}
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, float):
        return struct.pack("d", one) == struct.pack("d", other)
    if isinstance(one, complex):
        return same(one.real, other.real) and same(one.imag, other.imag)
    return one == other


def _key(item: Any) -> Any:
    """Return what is equal only for items of the same types."""
    if isinstance(item, (tuple, frozenset)):
        return type(item), tuple(sorted(map(repr, map(_key, item))) if isinstance(item, frozenset) else map(_key, item))
    return type(item), repr(item)
