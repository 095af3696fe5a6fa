"""The language of the pipe: MessagePack frames of a few message types, carrying plain data only.

Nothing is ever unpickled. Both ends refuse what is not in this package: other types, other dtypes, deeper
nesting, larger frames.
"""

from capas.sandbox.wire.errors import TooLargeError, WireError
from capas.sandbox.wire.frames import MAX_FRAME_BYTES, MAX_REPLY_BYTES, FrameReader, send_frame
from capas.sandbox.wire.items import MAX_ITEMS
from capas.sandbox.wire.messages import (
    CallBack,
    CallFunction,
    GetValue,
    Load,
    Loaded,
    Raised,
    Replace,
    Returned,
    Running,
    ToHost,
    ToSandbox,
    decode_for_host,
    decode_for_sandbox,
    encode,
    encode_reply,
)
from capas.sandbox.wire.values import (
    ARRAY,
    BIG_INTEGER,
    COMPLEX,
    DTYPES,
    FUNCTION,
    MAX_DEPTH,
    MAX_NUMBERS,
    MAX_TEXT,
    SCALAR,
    TUPLE,
    FunctionReference,
    ObjectReference,
    Reference,
    pack,
    pack_reference,
)

__all__ = [
    "ARRAY",
    "BIG_INTEGER",
    "COMPLEX",
    "DTYPES",
    "FUNCTION",
    "MAX_DEPTH",
    "MAX_FRAME_BYTES",
    "MAX_ITEMS",
    "MAX_NUMBERS",
    "MAX_REPLY_BYTES",
    "MAX_TEXT",
    "SCALAR",
    "TUPLE",
    "CallBack",
    "CallFunction",
    "FrameReader",
    "FunctionReference",
    "GetValue",
    "Load",
    "Loaded",
    "ObjectReference",
    "Raised",
    "Reference",
    "Replace",
    "Returned",
    "Running",
    "ToHost",
    "ToSandbox",
    "TooLargeError",
    "WireError",
    "decode_for_host",
    "decode_for_sandbox",
    "encode",
    "encode_reply",
    "pack",
    "pack_reference",
    "send_frame",
]
