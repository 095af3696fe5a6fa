"""The language of the pipe: MessagePack frames of a few message types, carrying plain data only.

Nothing is ever unpickled. Both ends refuse what is not in this file: other types, other dtypes, deeper
nesting, larger frames. Arrays travel as (dtype, shape, bytes).
"""

import math
import socket
import struct
from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np

MAX_FRAME_BYTES = 64 * 2**20
MAX_DEPTH = 24
MAX_ITEMS = 1_000_000
"""Lists, numbers, texts in one frame: a few bytes each on the pipe, but dozens in memory."""
MAX_TEXT = 20_000
DTYPES = frozenset(np.dtype(code).str for code in "?bhilqBHILQefdFD")
"""Booleans, integers, floats and complex numbers in the machine's byte order."""

# MessagePack extension codes.
ARRAY, SCALAR, TUPLE, BIG_INTEGER, COMPLEX, FUNCTION = 1, 2, 3, 4, 5, 6

_LENGTH = struct.Struct("!I")


class WireError(Exception):
    """Data that may not travel, or bytes that are not in the protocol."""


class FunctionReference(msgspec.Struct, frozen=True):
    """A function of the other side, by number: arguments like the ``f`` of a numerical derivative."""

    number: int


class Load(msgspec.Struct, tag="load", forbid_unknown_fields=True):
    """Host to sandbox: run these cells in one namespace, in this scratch directory.

    Importing a module named in ``stand_ins`` gives one that does nothing.
    """

    number: int
    cells: list[str]
    directory: str
    stand_ins: list[str]


class Loaded(msgspec.Struct, tag="loaded", forbid_unknown_fields=True):
    """Sandbox to host: names of the functions defined, of other values, and an error text a failed cell."""

    number: int
    functions: list[str]
    values: list[str]
    errors: list[str]


class Replace(msgspec.Struct, tag="replace", forbid_unknown_fields=True):
    """Host to sandbox: from now on these names of the namespace stand for functions of the host, by number."""

    number: int
    names: dict[str, int]


class CallFunction(msgspec.Struct, tag="call", forbid_unknown_fields=True):
    """Host to sandbox: call a function of the namespace."""

    number: int
    function: str
    arguments: list[Any]
    keywords: dict[str, Any]


class GetValue(msgspec.Struct, tag="get", forbid_unknown_fields=True):
    """Host to sandbox: send the value of a name."""

    number: int
    name: str


class CallBack(msgspec.Struct, tag="callback", forbid_unknown_fields=True):
    """Sandbox to host: call a function that came as an argument."""

    number: int
    function: int
    arguments: list[Any]
    keywords: dict[str, Any]


class Returned(msgspec.Struct, tag="returned", forbid_unknown_fields=True):
    """The result of a call, either way; the arguments that it changed in place, by position, keywords last."""

    number: int
    value: Any
    changed: dict[int, Any] = {}
    warnings: list[tuple[str, str]] = []
    printed: str = ""


class Raised(msgspec.Struct, tag="raised", forbid_unknown_fields=True):
    """The call ended with an exception, or (``unsendable``) with a result that may not travel."""

    number: int
    exception: str
    text: str
    unsendable: bool = False
    printed: str = ""


ToSandbox = Load | Replace | CallFunction | GetValue | Returned | Raised
ToHost = Loaded | CallBack | Returned | Raised


def pack(value: Any, refer: Callable[[Any], int] | None = None, depth: int = 0) -> Any:
    """Return ``value`` as MessagePack-able data of exact types.

    Args:
        value: None, bool, int, float, complex, str, bytes, list, tuple, dict with text keys, NumPy arrays and
            scalars of numeric dtype.
        refer: gives a function its number; without it functions may not travel.
        depth: how deep in nested containers we are.

    Raises:
        WireError: for any other type, nesting deeper than ``MAX_DEPTH``, or text with a lone surrogate.
    """
    kind = type(value)
    if kind is float or kind is bool or value is None:
        return value
    if kind is int:
        return value if -(2**63) <= value < 2**63 else _pack_big_integer(value)
    if kind is str or kind is bytes:
        return value
    if kind is np.ndarray:
        return msgspec.msgpack.Ext(ARRAY, _encode_plain(_pack_array(value)))
    if isinstance(value, np.generic):
        return msgspec.msgpack.Ext(SCALAR, _encode_plain(_pack_array(np.asarray(value))))
    if depth >= MAX_DEPTH:
        raise WireError(f"nested deeper than {MAX_DEPTH} levels")
    if kind is list:
        return [pack(item, refer, depth + 1) for item in value]
    if kind is tuple:
        items = [pack(item, refer, depth + 1) for item in value]
        return msgspec.msgpack.Ext(TUPLE, _encode_plain(items))
    if kind is dict and all(type(key) is str for key in value):
        return {key: pack(item, refer, depth + 1) for key, item in value.items()}
    if kind is complex:
        return msgspec.msgpack.Ext(COMPLEX, struct.pack("!dd", value.real, value.imag))
    if refer is not None and callable(value):
        return msgspec.msgpack.Ext(FUNCTION, str(refer(value)).encode())
    raise WireError(f"a value of type {kind.__name__}")


def _pack_big_integer(value: int) -> Any:
    if value.bit_length() > 4096:
        raise WireError("an integer of more than 4096 bits")
    return msgspec.msgpack.Ext(BIG_INTEGER, hex(value).encode())


def _pack_array(array: np.ndarray) -> list[Any]:
    if array.dtype.str not in DTYPES:
        native = array.dtype.newbyteorder("=") if array.dtype.kind in "biufc" else array.dtype
        if native.str not in DTYPES:
            raise WireError(f"an array of dtype {array.dtype}")
        array = array.astype(native)
    return [array.dtype.str, list(array.shape), array.tobytes()]


def _unpack_extension(code: int, data: memoryview) -> Any:
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
    if code == FUNCTION:
        return FunctionReference(int(bytes(data[:20])))
    raise WireError(f"an extension of code {code}")


def _unpack_array(data: memoryview) -> np.ndarray:
    dtype, shape, buffer = _array_decoder.decode(data)
    if dtype not in DTYPES:
        raise WireError("an array of another dtype")
    if len(shape) > 32 or any(length < 0 for length in shape):
        raise WireError("an array of impossible shape")
    kind = np.dtype(dtype)
    if math.prod(shape) * kind.itemsize != len(buffer):
        raise WireError("an array whose shape does not fit its bytes")
    return np.frombuffer(buffer, kind).reshape(shape).copy()


_plain_encoder = msgspec.msgpack.Encoder()
_plain_decoder = msgspec.msgpack.Decoder(ext_hook=_unpack_extension)
_array_decoder = msgspec.msgpack.Decoder(tuple[str, list[int], bytes])
_to_sandbox_decoder = msgspec.msgpack.Decoder(ToSandbox, ext_hook=_unpack_extension)
_to_host_decoder = msgspec.msgpack.Decoder(ToHost, ext_hook=_unpack_extension)


def _encode_plain(packed: Any) -> bytes:
    try:
        return _plain_encoder.encode(packed)
    except UnicodeEncodeError:
        raise WireError("text with a lone surrogate") from None


def encode(message: Any) -> bytes:
    """Return the bytes of a message whose data has been packed.

    Raises:
        WireError: when it is larger than ``MAX_FRAME_BYTES``, or holds text with a lone surrogate.
    """
    data = _encode_plain(message)
    if len(data) > MAX_FRAME_BYTES:
        raise WireError(f"more than {MAX_FRAME_BYTES // 2**20} MB")
    return data


def decode_for_sandbox(data: bytes) -> ToSandbox:
    """Return the message in ``data``, coming from the host."""
    return _to_sandbox_decoder.decode(data)


def decode_for_host(data: bytes) -> ToHost:
    """Return the message in ``data``, coming from a sandbox: it may be anything.

    Raises:
        WireError: when it is not exactly one message of the protocol.
    """
    try:
        refuse_too_many_items(data)
        return _to_host_decoder.decode(data)
    except WireError:
        raise
    except (
        msgspec.MsgspecError,
        ValueError,
        TypeError,
        OverflowError,
        RecursionError,
        struct.error,
    ) as error:
        raise WireError(f"bytes that are not in the protocol ({type(error).__name__})") from error


def _steps() -> list[tuple[int, int]]:
    """Return for each first byte of a MessagePack item how many bytes lead to the next, and how many of them say more.

    Lists, maps, and the extensions that hold MessagePack are stepped into.
    """
    steps = [(1, 0)] * 256
    for length in range(32):
        steps[0xA0 + length] = (1 + length, 0)
    for start, extra in ((0xC4, 0), (0xD9, 0), (0xC7, 1)):  # bytes, text, extensions: a length of 1, 2 or 4 bytes
        for index, width in enumerate((1, 2, 4)):
            steps[start + index] = (1 + width + extra, width)
    for start in (0xCC, 0xD0):  # whole numbers
        for index in range(4):
            steps[start + index] = (1 + 2**index, 0)
    for index in range(5):  # extensions of 1 to 16 bytes
        steps[0xD4 + index] = (2 + 2**index, 0)
    steps[0xCA], steps[0xCB] = (5, 0), (9, 0)
    steps[0xDC] = steps[0xDE] = (3, 0)
    steps[0xDD] = steps[0xDF] = (5, 0)
    return steps


_STEPS = _steps()


def refuse_too_many_items(data: bytes) -> None:
    """Refuse a frame that would become far more memory than it has bytes.

    Raises:
        WireError: when it has more than ``MAX_ITEMS`` items.
    """
    if len(data) <= MAX_ITEMS:
        return
    position, items, length = 0, 0, len(data)
    while position < length:
        items += 1
        if items > MAX_ITEMS:
            raise WireError(f"more than {MAX_ITEMS} items")
        first = data[position]
        step, width = _STEPS[first]
        if 0xC7 <= first <= 0xC9 or 0xD4 <= first <= 0xD8:
            header = 1 + width
            if data[position + header : position + header + 1] in _HOLDING_ITEMS:
                position += header + 1
                continue
        if width:
            step += int.from_bytes(data[position + 1 : position + 1 + width])
        position += step


_HOLDING_ITEMS = {bytes([code]) for code in (ARRAY, SCALAR, TUPLE)}


def send_frame(connection: socket.socket, data: bytes) -> None:
    """Send one frame: its length in four bytes, then its bytes."""
    connection.sendall(_LENGTH.pack(len(data)) + data)


class FrameReader:
    """Reads frames, most of them with one call of ``receive(n)``, which returns up to n bytes, or none at the end."""

    def __init__(self, receive: Callable[[int], bytes]):
        self._receive = receive
        self._ahead = b""

    def read(self) -> bytes:
        """Return the next frame.

        Raises:
            WireError: when the frame claims more than ``MAX_FRAME_BYTES``.
            EOFError: when the other side has closed the pipe.
        """
        data, self._ahead = self._ahead or self._some(USUAL_BYTES), b""
        while len(data) < _LENGTH.size:
            data += self._some(USUAL_BYTES)
        (length,) = _LENGTH.unpack_from(data)
        if length > MAX_FRAME_BYTES:
            raise WireError(f"a frame that claims {length} bytes")
        end = _LENGTH.size + length
        if len(data) < end:
            chunks, missing = [data], end - len(data)
            while missing:
                chunks.append(self._some(min(missing, 2**20)))
                missing -= len(chunks[-1])
            data = b"".join(chunks)
        self._ahead = data[end:]
        return data[_LENGTH.size : end]

    def _some(self, most: int) -> bytes:
        data = self._receive(most)
        if not data:
            raise EOFError("the pipe was closed")
        return data


USUAL_BYTES = 2**14
