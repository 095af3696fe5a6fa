"""The messages of both directions. Nothing else is decoded, and no field that is not here."""

import struct
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from capas.sandbox.loading import CellError, CellReport, LeftOut
from capas.sandbox.wire.errors import TooLargeError, WireError
from capas.sandbox.wire.frames import MAX_FRAME_BYTES, MAX_REPLY_BYTES
from capas.sandbox.wire.items import refuse_too_many_items
from capas.sandbox.wire.tables import begin_frame
from capas.sandbox.wire.values import encode_plain, unpack_extension

Decoded = TypeVar("Decoded")


class Load(msgspec.Struct, tag="load", forbid_unknown_fields=True):
    """Host to sandbox: run the cells given and these in one namespace, in this scratch directory.

    The other fields are those of `ProgramSource` and `Limits`; ``call_seconds`` counts only with ``shell``. Importing
    a module named in ``stand_ins`` gives one that does nothing.
    """

    number: int
    given: list[str]
    cells: list[str]
    is_script: bool
    file: str
    files: dict[str, bytes]
    tables: bool
    directory: str
    stand_ins: list[str]
    left_out: list[LeftOut]
    cell_seconds: float
    load_seconds: float
    shell: bool = False
    call_seconds: float = 0.0


class Running(msgspec.Struct, tag="running", forbid_unknown_fields=True):
    """Sandbox to host: this cell is now run, or after it was interrupted, which is its ``error``, the rest of it."""

    number: int
    cell: int
    error: CellError | None = None


class Loaded(msgspec.Struct, tag="loaded", forbid_unknown_fields=True):
    """Sandbox to host: names of the functions defined, of other values, and what cells had errors."""

    number: int
    functions: list[str]
    values: list[str]
    reports: list[CellReport]


class Replace(msgspec.Struct, tag="replace", forbid_unknown_fields=True):
    """Host to sandbox: from now on these names of the namespace stand for functions of the host, by number.

    ``values`` have plain data of the host.
    """

    number: int
    names: dict[str, int]
    values: dict[str, Any] = {}


class CallFunction(msgspec.Struct, tag="call", forbid_unknown_fields=True):
    """Host to sandbox: call a function of the namespace, or by number an object that the sandbox sent.

    What is called is what ``operations`` make of it, one after another, as in `capas_check.operations`.
    """

    number: int
    target: str | int
    arguments: list[Any]
    keywords: dict[str, Any]
    operations: list[tuple[str, dict[str, Any]]] = []


class Ahead(msgspec.Struct, tag="ahead", forbid_unknown_fields=True):
    """Host to sandbox: so many calls follow; each is answered in its turn, but none before all have come."""

    calls: int


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
    """The call ended with an exception, or (``unsendable``) with a result that may not travel.

    Of such a result ``exception`` is "TooLargeError" where it is too large, else "WireError".
    ``bases`` are the names of the exceptions of Python's own that it was an instance of, the most special first.
    """

    number: int
    exception: str
    text: str
    unsendable: bool = False
    printed: str = ""
    bases: list[str] = []


class Unread(msgspec.Struct, frozen=True):
    """The result of a call as it came, of which nothing but the number has been looked at."""

    number: int
    data: bytes


class _ReturnedNumber(msgspec.Struct, tag="returned"):
    number: int


class _RaisedNumber(msgspec.Struct, tag="raised"):
    number: int


class _Other(msgspec.Struct, tag="callback"):
    number: int


ToSandbox = Load | Replace | CallFunction | Ahead | GetValue | Returned | Raised
ToHost = Running | Loaded | CallBack | Returned | Raised

_to_sandbox_decoder = msgspec.msgpack.Decoder(ToSandbox, ext_hook=unpack_extension)
_number_decoder = msgspec.msgpack.Decoder(_ReturnedNumber | _RaisedNumber | _Other)
_to_host_decoder = msgspec.msgpack.Decoder(ToHost, ext_hook=unpack_extension)


def encode(message: Any) -> bytes:
    """Return the bytes of a message whose data has been packed.

    Raises:
        WireError: when it is larger than ``MAX_FRAME_BYTES``, or holds text with a lone surrogate.
    """
    data = encode_plain(message)
    if len(data) > MAX_FRAME_BYTES:
        raise WireError(f"more than {MAX_FRAME_BYTES // 2**20} MB")
    return data


def encode_reply(message: Any) -> bytes:
    """Return the bytes of a message to the host.

    Raises:
        TooLargeError: when the host would not take it.
    """
    data = encode_plain(message)
    if len(data) > MAX_REPLY_BYTES:
        raise TooLargeError(f"{len(data) / 2**20:.0f} MB")
    refuse_too_many_items(data)
    return data


def decode_for_sandbox(data: bytes) -> ToSandbox:
    """Return the message in ``data``, coming from the host."""
    return _to_sandbox_decoder.decode(data)


def decode_for_host(data: bytes) -> ToHost:
    """Return the message in ``data``, coming from a sandbox: it may be anything.

    Raises:
        WireError: when it is not exactly one message of the protocol.
    """
    return _decoded(data, lambda: _to_host_decoder.decode(data))


def decode_number(data: bytes) -> "CallBack | Unread":
    """Return the callback in ``data``, coming from a sandbox, or the result of a call without looking into it.

    Raises:
        WireError: when it can be neither.
    """
    found = _decoded(data, lambda: _number_decoder.decode(data))
    if isinstance(found, _Other):
        callback = decode_for_host(data)
        assert isinstance(callback, CallBack)
        return callback
    return Unread(found.number, data)


def _decoded(data: bytes, decode: Callable[[], Decoded]) -> Decoded:
    try:
        refuse_too_many_items(data)
        begin_frame()
        return decode()
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
