"""The values that may travel, and how: plain data of exact types; arrays as (dtype, shape, bytes)."""

import math
import re
import struct
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

import msgspec
import numpy as np

from capas.sandbox.wire.containers import (
    DICT,
    FROZENSET,
    SET,
    TEXTS,
    pack_dict,
    pack_set,
    pack_texts,
    unpack_collection,
)
from capas.sandbox.wire.errors import TooLargeError, WireError
from capas.sandbox.wire.tables import FRAME, SPAN, begin_frame, is_tabular, pack_tabular, unpack_tabular
from capas.sandbox.wire.times import DATE, KINDS, TIMEDELTA, pack_time, unpack_time

MAX_DEPTH = 24
MAX_NUMBERS = 1_000_000
"""How many an array may hold: several times what any case needs. More would cost the judge memory and time."""
MAX_TYPE_NAME = 100
MAX_TEXT = 20_000
"""Characters that are kept of a text meant for people."""
DTYPES = frozenset(np.dtype(code).str for code in "?bhilqBHILQefdFD")
"""Booleans, integers, floats and complex numbers in the machine's byte order."""

# MessagePack extension codes.
ARRAY, SCALAR, TUPLE, BIG_INTEGER, COMPLEX, FUNCTION, OBJECT, COMPOSED = 1, 2, 3, 4, 5, 6, 7, 8
PERMANENT = 1_000_000
"""The number of the first function of the host that stays, more than a call has functions of its own."""
HOLDING_ITEMS = (ARRAY, SCALAR, TUPLE, COMPOSED, SET, FROZENSET, DICT, TEXTS, *range(FRAME, SPAN + 1))
"""Extensions whose bytes are MessagePack again."""
_TIME_UNIT = re.compile(r"<[mM]8\[(Y|M|W|D|h|m|s|ms|us|ns)\]")


class FunctionReference(msgspec.Struct, frozen=True):
    """A function of the host, by number: arguments like the ``f`` of a numerical derivative."""

    number: int
    form: ClassVar[str] = "function"


class ObjectReference(msgspec.Struct, frozen=True):
    """An object of the sandbox, by number, with the name of its class; the host sends it back by number alone."""

    number: int
    type_name: str = ""

    @property
    def form(self) -> str:
        """The name of its class, as a handle has it: one in a set or a table is shown like one."""
        return self.type_name


class Composed(msgspec.Struct, frozen=True):
    """A value of a known class, by what it is made of; see `capas.sandbox.known`."""

    kind: str
    parts: Any
    form: ClassVar[str] = "object"


Reference = FunctionReference | ObjectReference
"""What travels of a value that stays where it is."""


def pack(value: Any, refer: Callable[[Any], Reference | None] | None = None, depth: int = 0) -> Any:
    """Return ``value`` as MessagePack-able data of exact types.

    Args:
        value: None, bool, int, float, complex, str, bytes, dates and times, list, tuple, set, dict, NumPy arrays and
            scalars of numbers, times or texts, tables of pandas.
        refer: returns what travels of functions and objects, None for those that may not travel.
        depth: how deep in nested containers we are.

    Raises:
        WireError: for any other type, nesting deeper than ``MAX_DEPTH``, or text with a lone surrogate.
    """
    if depth == 0:
        begin_frame()
    kind = type(value)
    if kind is float or kind is bool or value is None:
        return value
    if kind is int:
        return value if -(2**63) <= value < 2**63 else _pack_big_integer(value)
    if kind is str or kind is bytes:
        return value
    if kind is np.ndarray:
        if value.dtype.kind == "O" and depth < MAX_DEPTH:
            return pack(value.tolist(), refer, depth + 1)  # what it holds may be numbers, and arrives as such
        if value.dtype.kind == "U":
            return _extension(*pack_texts(value))
        return msgspec.msgpack.Ext(ARRAY, encode_plain(_pack_array(value)))
    if isinstance(value, np.generic):
        return msgspec.msgpack.Ext(SCALAR, encode_plain(_pack_array(np.asarray(value))))
    if depth >= MAX_DEPTH:
        raise WireError(f"nested deeper than {MAX_DEPTH} levels")
    if kind is list:
        return [pack(item, refer, depth + 1) for item in value]
    if kind is tuple:
        items = [pack(item, refer, depth + 1) for item in value]
        return msgspec.msgpack.Ext(TUPLE, encode_plain(items))
    if kind is dict and all(type(key) is str for key in value):
        return {key: pack(item, refer, depth + 1) for key, item in value.items()}
    if kind is dict or kind is set or kind is frozenset:
        packer = pack_dict if kind is dict else pack_set
        return _extension(*packer(value, lambda item: pack(item, refer, depth + 1)))
    if kind in KINDS:
        return msgspec.msgpack.Ext(*pack_time(value))
    if is_tabular(value):
        return _extension(*pack_tabular(value, lambda item: pack(item, refer, depth + 1)))
    if kind is complex:
        return msgspec.msgpack.Ext(COMPLEX, struct.pack("!dd", value.real, value.imag))
    if kind is Composed:
        return _extension(COMPOSED, [value.kind, pack(value.parts, refer, depth + 1)])
    if refer is not None and (reference := refer(value)) is not None:
        return pack_reference(reference)
    raise WireError(f"a value of type {kind.__name__}")


def pack_reference(reference: Reference) -> Any:
    """Return what stands for a value that stays where it is."""
    code = FUNCTION if isinstance(reference, FunctionReference) else OBJECT
    name = reference.type_name if isinstance(reference, ObjectReference) else ""
    return _extension(code, [reference.number, name[:MAX_TYPE_NAME]])


def _extension(code: int, packed: Any) -> Any:
    return msgspec.msgpack.Ext(code, encode_plain(packed))


def _pack_big_integer(value: int) -> Any:
    if value.bit_length() > 4096:
        raise TooLargeError("an integer of more than 4096 bits")
    return msgspec.msgpack.Ext(BIG_INTEGER, hex(value).encode())


def _pack_array(array: np.ndarray) -> list[Any]:
    if (array.size or _extent(array.shape)) > MAX_NUMBERS:
        raise TooLargeError(f"an array of shape {array.shape}")
    if not _may_travel(array.dtype.str):
        native = array.dtype.newbyteorder("=") if array.dtype.kind in "biufcmM" else array.dtype
        if not _may_travel(native.str):
            raise WireError(f"an array of dtype {array.dtype}")
        array = array.astype(native)
    return [array.dtype.str, list(array.shape), array.tobytes()]


def _may_travel(dtype: str) -> bool:
    return dtype in DTYPES or _TIME_UNIT.fullmatch(dtype) is not None


def _extent(shape: Sequence[int]) -> int:
    """Return how many numbers an array has, or would have if no axis were empty: a sum along it has as many."""
    return math.prod(max(length, 1) for length in shape)


def unpack_extension(code: int, data: memoryview) -> Any:
    """Return the value in a MessagePack extension, which may hold anything.

    Raises:
        WireError, ValueError, struct.error, msgspec.MsgspecError: when that is not a value of ours.
    """
    if code == ARRAY:
        return _unpack_array(data)
    if code == SCALAR:
        return _unpack_array(data)[()]
    if code == TUPLE:
        items = _plain_decoder.decode(data)
        if type(items) is not list:
            raise WireError("a tuple that is not a list of items")
        return tuple(items)
    if code == BIG_INTEGER:
        return int(bytes(data[:2000]), 16)
    if code == COMPLEX:
        return complex(*struct.unpack("!dd", data))
    if code in (FUNCTION, OBJECT):
        number, name = _reference_decoder.decode(data)
        return FunctionReference(number) if code == FUNCTION else ObjectReference(number, name[:MAX_TYPE_NAME])
    if DATE <= code <= TIMEDELTA:
        return unpack_time(code, bytes(data))
    if code in HOLDING_ITEMS:
        items = _plain_decoder.decode(data)
        if code == COMPOSED:
            return Composed(*msgspec.convert(items, tuple[str, Any]))
        return unpack_tabular(code, items) if code >= FRAME else unpack_collection(code, items)
    raise WireError(f"an extension of code {code}")


def _unpack_array(data: memoryview) -> np.ndarray:
    dtype, shape, buffer = _array_decoder.decode(data)
    if not _may_travel(dtype):
        raise WireError("an array of another dtype")
    if len(shape) > 32 or min(shape, default=0) < 0:
        raise WireError("an array of impossible shape")
    size = math.prod(shape)
    if (size or _extent(shape)) > MAX_NUMBERS:
        raise WireError("an array of too many numbers")
    kind = np.dtype(dtype)
    if size * kind.itemsize != len(buffer):
        raise WireError("an array whose shape does not fit its bytes")
    return np.frombuffer(buffer, kind).reshape(shape).copy()


_plain_encoder = msgspec.msgpack.Encoder()
_plain_decoder = msgspec.msgpack.Decoder(ext_hook=unpack_extension)
_reference_decoder = msgspec.msgpack.Decoder(tuple[int, str])
_array_decoder = msgspec.msgpack.Decoder(tuple[str, list[int], bytes])


def encode_plain(packed: Any) -> bytes:
    """Return packed data as MessagePack.

    Raises:
        WireError: when it holds text with a lone surrogate.
    """
    try:
        return _plain_encoder.encode(packed)
    except UnicodeEncodeError:
        raise WireError("text with a lone surrogate") from None
